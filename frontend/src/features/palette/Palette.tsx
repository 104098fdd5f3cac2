import { useDeferredValue, useEffect, useEffectEvent, useId, useRef, useState, type KeyboardEvent } from "react";
import { ColorDot } from "../../ui/ColorDot";
import { Dialog } from "../../ui/Dialog";
import { Kbd } from "../../ui/Kbd";
import { useEntries, type Entry } from "./useEntries";

/** Everything there is, by typing a part of its name. */
export function Palette({ onClose }: { onClose: () => void }) {
  const id = useId();
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const field = useRef<HTMLInputElement>(null);
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
    <Dialog title="Go to anything, do anything" bare place="top" width="wide" initialFocus={field} onClose={onClose}>
      <div className="border-b border-line p-2">
        <input
          ref={field}
          role="combobox"
          aria-label="Command, list, tag, filter or task"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={entries.length === 0 ? undefined : `${id}-${reached}`}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          placeholder="Where to? What next?"
          className="min-h-10 w-full bg-transparent px-2 text-lg outline-none"
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setAt(0);
            setEntered(false);
          }}
          onKeyDown={press}
        />
      </div>
      <div role="listbox" id={`${id}-list`} aria-label="Found" className="overflow-y-auto overscroll-contain p-1">
        {entries.map((entry, place) => (
          <Option key={entry.id} id={`${id}-${place}`} entry={entry} isReached={place === reached} onChoose={choose} />
        ))}
      </div>
    </Dialog>
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
