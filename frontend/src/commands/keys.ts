/** Keys by the names they have in commands: "j", "shift+down", "mod+k", "?", "space". */

const names: Readonly<Record<string, string>> = {
  " ": "space",
  arrowdown: "down",
  arrowup: "up",
  arrowleft: "left",
  arrowright: "right",
  escape: "esc",
};

type Pressed = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

export function nameOf({ key, ctrlKey, metaKey, altKey, shiftKey }: Pressed): string {
  const low = key.toLowerCase();
  const name = names[low] ?? low;
  // What Shift made of a key is said by the key itself: "?", "!"; letters and named keys need it said.
  const shift = shiftKey && (key.length > 1 || key === " " || low !== key.toUpperCase()) ? "shift+" : "";
  return `${ctrlKey || metaKey ? "mod+" : ""}${altKey ? "alt+" : ""}${shift}${name}`;
}

/** Keys that change nothing by themselves. */
export const isModifier = (key: string): boolean => ["Shift", "Control", "Alt", "AltGraph", "Meta", "CapsLock", "Dead"].includes(key);
