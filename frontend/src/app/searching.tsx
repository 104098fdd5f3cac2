/** Search from anywhere. Somebody may be quicker than the network: what they type meanwhile is sought, and not taken for keys. */
import { createContext, use, useMemo, useRef, useState, type ReactNode } from "react";
import { useAddress, useGo } from "../address/useAddress";
import * as say from "./words";

interface Searching {
  search: () => void;
  /** What was typed so far, for the view that goes on with it. */
  take: () => string;
}

const SearchingContext = createContext<Searching>({ search: () => undefined, take: () => "" });

export const useSearching = (): Searching => use(SearchingContext);

export function Searching({ children }: { children: ReactNode }) {
  const go = useGo();
  const isThere = useAddress().view.name === "search";
  const typed = useRef("");
  const [isOpening, setOpening] = useState(false);
  const value = useMemo(
    () => ({
      search: () => {
        go.to({ name: "search" });
        typed.current = "";
        setOpening(!isThere);
      },
      take: () => {
        const begun = typed.current;
        typed.current = "";
        setOpening(false);
        return begun;
      },
    }),
    [go, isThere],
  );
  const close = () => {
    setOpening(false);
  };
  return (
    <SearchingContext value={value}>
      {isOpening ? (
        <div className="sheet late fixed inset-x-3 top-[min(12dvh,6rem)] z-30 mx-auto max-w-160 p-4">
          <input
            aria-label={say.search}
            className="box"
            // eslint-disable-next-line jsx-a11y/no-autofocus -- who comes to search comes to type
            autoFocus
            autoComplete="off"
            onChange={({ target }) => {
              typed.current = target.value;
            }}
            onKeyDown={({ key }) => {
              if (key !== "Escape") return;
              typed.current = "";
              close();
            }}
            onBlur={close}
          />
          <p className="mt-2 text-sm text-quiet">{say.openingPart}</p>
        </div>
      ) : null}
      {children}
    </SearchingContext>
  );
}
