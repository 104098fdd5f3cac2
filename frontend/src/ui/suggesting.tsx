/** Suggestions under a field: the field keeps the focus, and the arrow keys walk through the list. */
import { useEffect, useEffectEvent, useId, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import * as say from "./words";

/**
 * Where somebody types in a field; null where they do not, or have selected something. It is told by what the browser
 * says of the caret and not by input: whatever is drawn during that would take back what has just been typed.
 */
export function useCaret(fieldOf: () => HTMLTextAreaElement | undefined): number | null {
  const [caret, setCaret] = useState<number | null>(null);
  const look = useEffectEvent(() => {
    const field = fieldOf();
    const isHere = field !== undefined && document.activeElement === field && field.selectionStart === field.selectionEnd;
    setCaret(isHere ? field.selectionStart : null);
  });
  useEffect(() => {
    const looked = () => {
      look();
    };
    // A key that follows at once comes before the browser has said where the last one left the caret.
    const events = ["selectionchange", "focusin", "focusout", "keydown"];
    for (const event of events) document.addEventListener(event, looked, { capture: true });
    return () => {
      for (const event of events) document.removeEventListener(event, looked, { capture: true });
    };
  }, []);
  return caret;
}

interface Asked {
  /** Where it is asked: put away with Escape, the list stays away there. Null: nothing is asked. */
  place: string | null;
  /** What is asked: when it changes, the walk begins anew. */
  about: string;
  count: number;
  /** Where the walk begins; -1: Enter and Tab do what they always do until an arrow key is pressed. */
  first: number;
  onChoose: (at: number) => void;
}

export interface Suggesting {
  /** For the field. */
  told: { "aria-autocomplete": "list"; "aria-controls": string | undefined; "aria-activedescendant": string | undefined };
  /** True: the key was for the list. */
  takes: (event: KeyboardEvent) => boolean;
  list: { id: string; active: number; isOpen: boolean };
}

export function useSuggesting({ place, about, count, first, onChoose }: Asked): Suggesting {
  const id = useId();
  const [walk, setWalk] = useState({ about, first, active: first });
  const [away, setAway] = useState<string | null>(null);
  // The first may only come to be known when what is offered has been fetched.
  if (walk.about !== about || walk.first !== first) setWalk({ about, first, active: first });
  const isOpen = place !== null && count > 0 && away !== place;
  const active = Math.min(walk.active, count - 1);

  function takes(event: KeyboardEvent): boolean {
    if (!isOpen || event.nativeEvent.isComposing || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return false;
    if (event.key === "ArrowDown") setWalk({ about, first, active: (active + 1) % count });
    else if (event.key === "ArrowUp") setWalk({ about, first, active: active <= 0 ? count - 1 : active - 1 });
    else if (event.key === "Escape") setAway(place);
    else if ((event.key === "Enter" || event.key === "Tab") && active >= 0) onChoose(active);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  const told = {
    "aria-autocomplete": "list" as const,
    "aria-controls": isOpen ? id : undefined,
    "aria-activedescendant": isOpen && active >= 0 ? `${id}-${active}` : undefined,
  };
  return { told, takes, list: { id, active, isOpen } };
}

interface Props {
  list: Suggesting["list"];
  label: string;
  options: readonly { key: string; shown: ReactNode }[];
  onChoose: (at: number) => void;
}

/** Its parent is where it hangs below, and is `relative`. */
export function Suggestions({ list, label, options, onChoose }: Props) {
  const shown = useRef<HTMLDivElement>(null);
  useEffect(() => {
    shown.current?.children[list.active]?.scrollIntoView({ block: "nearest" });
  }, [list.active]);
  const count = options.length === 1 ? say.oneSuggestion : say.suggestions(options.length);
  return (
    <>
      <p role="status" className="sr-only">
        {list.isOpen ? say.chooseByArrows(count) : ""}
      </p>
      {list.isOpen ? (
        <div ref={shown} id={list.id} role="listbox" aria-label={label} className="sheet absolute inset-x-0 top-full z-20 mt-1 max-h-72 overflow-y-auto p-1">
          {options.map(({ key, shown: option }, at) => (
            <div
              key={key}
              id={`${list.id}-${at}`}
              role="option"
              tabIndex={-1}
              aria-selected={at === list.active}
              data-highlighted={at === list.active ? "" : undefined}
              className="choice"
              // The field has the keys and the focus; the pointer must not take it away.
              onPointerDown={(event) => {
                event.preventDefault();
              }}
              onMouseDown={(event) => {
                event.preventDefault();
                onChoose(at);
              }}
            >
              {option}
            </div>
          ))}
        </div>
      ) : null}
    </>
  );
}
