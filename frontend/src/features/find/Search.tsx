import { Search as Glass } from "lucide-react";
import { useDeferredValue, useEffect, useEffectEvent, useLayoutEffect, useRef, type KeyboardEvent } from "react";
import { useAddress, useGo } from "../../address/useAddress";
import { useCommands } from "../../commands/useCommands";
import { usePerson } from "../../data/DataContext";
import { Places } from "./Places";
import { Recent } from "./Recent";
import { useRecent } from "./recent";
import { Results } from "./Results";
import { useRested } from "../../ui/useRested";
import { useTyped } from "./typed";
import * as say from "./words";

const PAUSE = 300;

/** Search: what is typed is found while it is typed. Somebody may have begun before this was there. */
export function Search({ takeBegun }: { takeBegun: () => string }) {
  const { params } = useAddress();
  const { set } = useGo();
  const { user } = usePerson();
  const { recent, remember, forget } = useRecent(user.id);
  const { text, setText, tell } = useTyped(params.q ?? "", (q) => {
    set({ q: q === "" ? null : q }, { replace: true });
  });
  const field = useRef<HTMLInputElement>(null);
  const results = useRef<HTMLDivElement>(null);
  const shown = useDeferredValue(text);
  const goOn = useEffectEvent(() => {
    const begun = takeBegun();
    if (begun !== "") setText(begun);
  });
  useLayoutEffect(() => {
    goOn();
  }, []);
  const rested = useRested(text.trim(), PAUSE);
  useEffect(() => {
    tell(rested);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- told when it has rested, and not when the page is drawn
  }, [rested]);
  useCommands([{ id: "find.search", label: say.search, keys: ["/"], group: say.find, run: () => field.current?.select() }]);

  function press(event: KeyboardEvent) {
    if (event.key === "Enter") remember(text);
    const first = results.current?.querySelector<HTMLElement>("a[data-result]");
    if (event.key !== "ArrowDown" || first == null) return;
    event.preventDefault();
    first.focus();
  }

  return (
    <section aria-label={say.search} className="grid grid-cols-1 gap-4 pt-2">
      <div role="search" className="grid gap-2">
        <div className="relative">
          <Glass aria-hidden="true" className="pointer-events-none absolute top-1/2 left-3 size-5 -translate-y-1/2 text-quiet" />
          <input
            ref={field}
            type="search"
            aria-label={say.searchTasks}
            placeholder={say.wordsToLookFor}
            value={text}
            // eslint-disable-next-line jsx-a11y/no-autofocus -- who comes to search comes to type
            autoFocus
            autoComplete="off"
            enterKeyHint="search"
            className="box min-h-11 pl-10! text-lg"
            onChange={({ target }) => {
              setText(target.value);
            }}
            onKeyDown={press}
          />
        </div>
        <label className="inline-flex min-h-6 w-fit cursor-pointer items-center gap-2 text-sm pointer-coarse:min-h-touch">
          <input
            type="checkbox"
            className="size-4"
            checked={params.done === true}
            onChange={({ target }) => {
              set({ done: target.checked ? true : null }, { replace: true });
            }}
          />
          {say.finishedToo}
        </label>
      </div>
      {text.trim() === "" ? (
        <Recent recent={recent} onChoose={setText} onForget={forget} />
      ) : (
        <div ref={results} className="grid grid-cols-1 gap-4">
          <Places text={shown} />
          <Results
            text={shown}
            withFinished={params.done === true}
            onOpened={() => {
              remember(text);
            }}
            onLeave={() => field.current?.focus()}
          />
        </div>
      )}
    </section>
  );
}
