import { X } from "lucide-react";
import { useDeferredValue, useEffect, useEffectEvent, useId, useRef, useState, type KeyboardEvent } from "react";
import { AtOnce } from "../../ui/AtOnce";
import { ColorDot } from "../../ui/ColorDot";
import { IconButton } from "../../ui/IconButton";
import { Kbd } from "../../ui/Kbd";
import { useEntries, type Entry } from "./useEntries";
import * as say from "./words";

interface Props {
  /** What was typed before this was there. */
  begun: string;
  /** Where the focus goes in the end. */
  from: Element | null;
  onClose: () => void;
}

/** Everything there is, by typing a part of its name. */
export function Palette({ begun, from, onClose }: Props) {
  const id = useId();
  const [typed, setTyped] = useState(begun);
  const [at, setAt] = useState(0);
  const ranked = useDeferredValue(typed);
  const entries = useEntries(ranked);
  const isBehind = ranked !== typed;
  const [isEntered, setEntered] = useState(false);
  const reached = Math.min(at, entries.length - 1);
  const choose = (entry: Entry | undefined) => {
    if (entry === undefined) return;
    onClose();
    requestAnimationFrame(entry.run); // once the focus is back where it was
  };
  // Enter means what is typed, also where that is not ranked yet.
  const enter = useEffectEvent(() => {
    choose(entries[reached]);
  });
  useEffect(() => {
    if (isEntered && !isBehind) enter();
  }, [isEntered, isBehind]);
  const steps: Readonly<Partial<Record<string, number>>> = { ArrowDown: reached + 1, ArrowUp: reached - 1, Home: 0, End: entries.length - 1 };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const next = steps[event.key];
    if (event.key === "Enter") setEntered(true);
    else if (next === undefined || ((event.key === "Home" || event.key === "End") && typed !== "")) return;
    else setAt((next + entries.length) % entries.length);
    event.preventDefault();
  };
  return (
    <AtOnce label={say.goToAnything} from={from} className="max-h-[80dvh] flex-col open:flex" onClose={onClose}>
      <div className="flex items-center border-b border-line p-2">
        <input
          role="combobox"
          aria-label={say.command}
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={entries.length === 0 ? undefined : `${id}-${reached}`}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          placeholder={say.whereTo}
          className="min-h-10 pointer-coarse:min-h-touch w-full min-w-0 bg-transparent px-2 text-lg outline-none"
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setAt(0);
            setEntered(false);
          }}
          onKeyDown={press}
        />
        <form method="dialog">
          <IconButton label={say.close} type="submit">
            <X aria-hidden="true" />
          </IconButton>
        </form>
      </div>
      <div role="listbox" id={`${id}-list`} aria-label={say.found} className="overflow-y-auto overscroll-contain p-1">
        {entries.map((entry, place) => (
          <Option key={entry.id} id={`${id}-${place}`} entry={entry} isReached={place === reached} onChoose={choose} />
        ))}
      </div>
    </AtOnce>
  );
}

interface OptionProps {
  id: string;
  entry: Entry;
  isReached: boolean;
  onChoose: (entry: Entry) => void;
}

function Option({ id, entry, isReached, onChoose }: OptionProps) {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isReached) row.current?.scrollIntoView({ block: "nearest" });
  }, [isReached]);
  return (
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the field has the keys, and says which is reached
    <div
      ref={row}
      id={id}
      role="option"
      aria-selected={isReached}
      data-highlighted={isReached ? "" : undefined}
      className="choice cursor-pointer hover:bg-sunken"
      onClick={() => {
        onChoose(entry);
      }}
    >
      {entry.color === undefined ? null : <ColorDot color={entry.color} />}
      <span className="min-w-0 flex-1 truncate">{entry.label}</span>
      <span className="flex-none text-sm text-quiet">{entry.what}</span>
      {entry.keys === undefined ? null : <Kbd keys={entry.keys} />}
    </div>
  );
}
