const words: Readonly<Record<string, string>> = {
  mod: "Ctrl",
  shift: "Shift",
  alt: "Alt",
  up: "↑",
  down: "↓",
  left: "←",
  right: "→",
  enter: "Enter",
  space: "Space",
  esc: "Esc",
  delete: "Del",
  backspace: "⌫",
};

const isApple = () => navigator.userAgent.includes("Mac");

/** Each press of a sequence as it stands on the keyboard: "mod+k" is "Ctrl+K", or "⌘K" on a Mac. */
export function keysInWords(keys: string): string[] {
  return keys.split(" ").map((press) => {
    const parts = press.split("+").map((key) => (key === "mod" && isApple() ? "⌘" : (words[key] ?? key.toUpperCase())));
    return isApple() && parts[0] === "⌘" ? parts.join("") : parts.join("+");
  });
}
