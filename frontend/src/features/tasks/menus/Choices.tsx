import { useId, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import * as say from "./words";

export interface Choice {
  id: string;
  name: string;
  mark: ReactNode;
  /** Undefined where one is chosen and the rest are not; null where some have it and some do not. */
  isOn?: boolean | null;
}

interface Props {
  label: string;
  choices: readonly Choice[];
  onChoose: (id: string) => void;
  /** What can be made of a name that is not there. */
  onMake?: (name: string) => void;
  nothing: string;
}

/** A list to choose from, narrowed by typing: the field keeps the focus, the arrow keys go through what is left. */
export function Choices({ label, choices, onChoose, onMake, nothing }: Props) {
  const id = useId();
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const wanted = typed.trim().toLocaleLowerCase();
  const left = choices.filter(({ name }) => name.toLocaleLowerCase().includes(wanted));
  const canMake = onMake !== undefined && wanted !== "" && !choices.some(({ name }) => name.toLocaleLowerCase() === wanted);
  const count = left.length + (canMake ? 1 : 0);
  const choose = (place: number) => {
    const choice = left[place];
    if (choice !== undefined) onChoose(choice.id);
    else if (canMake) {
      onMake(typed.trim());
      setTyped("");
    }
  };
  const go = (place: number) => {
    setAt(place);
    box.current?.children[place]?.scrollIntoView({ block: "nearest" });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") go(Math.min(at + 1, count - 1));
    else if (event.key === "ArrowUp") go(Math.max(at - 1, 0));
    else if (event.key === "Enter") choose(at);
    else return;
    event.preventDefault();
  };
  const optionProps = (place: number) => ({
    id: `${id}-${String(place)}`,
    role: "option",
    tabIndex: -1,
    "data-highlighted": place === at ? "" : undefined,
    onPointerMove: () => {
      setAt(place);
    },
    onClick: () => {
      choose(place);
    },
  });
  return (
    <div className="grid w-60 max-w-full gap-2">
      <input
        role="combobox"
        aria-label={label}
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={count === 0 ? undefined : `${id}-${String(Math.min(at, count - 1))}`}
        autoComplete="off"
        placeholder={label}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
        className="box"
      />
      <div ref={box} id={`${id}-list`} role="listbox" aria-label={label} aria-multiselectable={choices.some(({ isOn }) => isOn !== undefined)} className="max-h-64 overflow-y-auto">
        {left.map(({ id: choice, name, mark, isOn }, place) => (
          <div key={choice} {...optionProps(place)} role="option" aria-selected={isOn === true} className="choice cursor-pointer">
            {mark}
            <span className="min-w-0 flex-1 truncate">{name}</span>
            {isOn === true ? <span aria-hidden="true">✓</span> : isOn === null ? <span className="text-quiet">{say.some}</span> : null}
          </div>
        ))}
        {canMake ? (
          <div {...optionProps(left.length)} role="option" aria-selected={false} className="choice cursor-pointer">
            {say.make(typed.trim())}
          </div>
        ) : null}
      </div>
      {count === 0 ? <p className="px-2 text-sm text-quiet">{nothing}</p> : null}
    </div>
  );
}
