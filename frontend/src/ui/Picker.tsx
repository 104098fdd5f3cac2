import { Combobox } from "@base-ui/react/combobox";
import { Check, Plus } from "lucide-react";
import { useState, type ReactElement } from "react";
import { ColorDot } from "./ColorDot";
import * as say from "./words";

export interface Choice {
  value: string;
  label: string;
  color?: string | null;
}

interface Common {
  /** What is chosen here: "List", "Tags". */
  label: string;
  /** The button that opens it. */
  trigger: ReactElement;
  choices: readonly Choice[];
  placeholder?: string;
  defaultOpen?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** Typing what there is not offers to make it. */
  onCreate?: (label: string) => void;
}

interface One extends Common {
  many?: false;
  value: string | null;
  onChange: (value: string) => void;
}

interface Many extends Common {
  many: true;
  value: readonly string[];
  onChange: (value: string[]) => void;
}

const isSame = (one: Choice, other: Choice) => one.value === other.value;

/** Choose one or several of many, by typing: it opens at its button with a box to type in. */
export function Picker(props: One | Many) {
  const { label, trigger, choices, placeholder = say.typeToFind, onCreate, defaultOpen, onOpenChange } = props;
  const [typed, setTyped] = useState("");
  const wanted = typed.trim();
  const isNew = onCreate !== undefined && wanted !== "" && !choices.some((choice) => choice.label.toLowerCase() === wanted.toLowerCase());
  const fresh: Choice = { value: `new:${wanted}`, label: wanted };
  const common = {
    items: isNew ? [...choices, fresh] : choices,
    isItemEqualToValue: isSame,
    autoHighlight: true, // Enter takes the first that fits what is typed
    inputValue: typed,
    ...(defaultOpen === undefined ? {} : { defaultOpen }),
    ...(onOpenChange === undefined ? {} : { onOpenChange }),
  };
  const make = () => {
    onCreate?.(wanted);
    setTyped("");
  };
  const inside = (
    <>
      <Combobox.Trigger render={trigger} />
      <Combobox.Portal>
        <Combobox.Positioner align="start" sideOffset={4} collisionPadding={8} className="z-20">
          <Combobox.Popup aria-label={label} className="sheet grid max-h-[min(24rem,var(--available-height))] w-64 max-w-(--available-width) grid-rows-[auto_1fr] gap-1 p-1">
            <Combobox.Input aria-label={label} placeholder={placeholder} className="box" />
            <div className="overflow-y-auto overscroll-contain">
              <Combobox.Empty>
                <p className="px-2.5 py-2 text-quiet empty:hidden">{say.nothingOfThatName}</p>
              </Combobox.Empty>
              <Combobox.List>
                {(choice: Choice) => (
                  <Combobox.Item key={choice.value} value={choice} className="choice">
                    {choice === fresh || choice.value === fresh.value ? (
                      <>
                        <Plus aria-hidden="true" className="size-4 text-quiet" />
                        <span className="min-w-0 flex-1 truncate">{say.make(choice.label)}</span>
                      </>
                    ) : (
                      <>
                        {choice.color === undefined ? null : <ColorDot color={choice.color} />}
                        <span className="min-w-0 flex-1 truncate">{choice.label}</span>
                        <Combobox.ItemIndicator>
                          <Check aria-hidden="true" className="size-4 text-accent" />
                        </Combobox.ItemIndicator>
                      </>
                    )}
                  </Combobox.Item>
                )}
              </Combobox.List>
            </div>
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </>
  );
  if (props.many === true) {
    return (
      <Combobox.Root<Choice, true>
        {...common}
        multiple
        value={choices.filter(({ value }) => props.value.includes(value))}
        onInputValueChange={(value, details) => {
          // Whoever clicks may want the next of those that were found; whoever presses Enter types the next one.
          if (details.reason === "item-press" && details.event.type !== "keydown") details.cancel();
          else setTyped(value);
        }}
        onValueChange={(chosen) => {
          if (chosen.some(({ value }) => value === fresh.value)) make();
          else props.onChange(chosen.map(({ value }) => value));
        }}
      >
        {inside}
      </Combobox.Root>
    );
  }
  return (
    <Combobox.Root<Choice>
      {...common}
      value={choices.find(({ value }) => value === props.value) ?? null}
      onInputValueChange={setTyped}
      onValueChange={(chosen) => {
        if (chosen?.value === fresh.value) make();
        else if (chosen !== null) props.onChange(chosen.value);
      }}
    >
      {inside}
    </Combobox.Root>
  );
}
