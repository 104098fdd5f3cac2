import { createContext, use, useEffect, useState, type ReactNode } from "react";
import { isModifier, nameOf } from "./keys";
import { Registry, type Command } from "./Registry";

const RegistryContext = createContext<Registry | null>(null);

export function useRegistry(): Registry {
  const registry = use(RegistryContext);
  if (registry === null) throw new Error("There are no commands here.");
  return registry;
}

/** How long a sequence waits for its next key. */
const PATIENCE = 1_500;

export function CommandsProvider({ children }: { children: ReactNode }) {
  const [registry] = useState(() => new Registry());
  useEffect(() => {
    let pending: ReturnType<typeof setTimeout> | undefined;
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || isModifier(event.key)) return;
      clearTimeout(pending);
      const key = nameOf(event);
      const answer = registry.press(key, (command) => belongs(command, key, event.target));
      if (answer !== "nothing") event.preventDefault();
      if (answer === "waits") {
        pending = setTimeout(() => {
          registry.forget();
        }, PATIENCE);
      }
    };
    window.addEventListener("keydown", onKey);
    return () => {
      clearTimeout(pending);
      window.removeEventListener("keydown", onKey);
    };
  }, [registry]);
  return <RegistryContext value={registry}>{children}</RegistryContext>;
}

/** Where one types: there keys are letters. */
export const FIELDS = "input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable=true]";
const OWN_KEYS = "dialog, [role=dialog], [role=alertdialog], [role=menu], [role=listbox], [role=combobox]";
/** What has the keys to itself, also in the moment before it has the focus. */
const MODAL = "dialog[open], [data-modal]";
const PRESSED_BY = "a[href], button, summary, input, [role=button], [role=tab], [role=menuitem], [role=option]";

/** Where someone types, in what floats, and on a button that has the key itself, the page's keys are not meant. */
function belongs(command: Command, key: string, target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return true;
  if (command.inFields === true) return true;
  if (target.closest(`${FIELDS}, ${OWN_KEYS}`) !== null || document.querySelector(MODAL) !== null) return false;
  return !((key === "enter" || key === "space") && target.matches(PRESSED_BY));
}
