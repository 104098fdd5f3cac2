const words: Readonly<Record<string, string>> = {
  mod: "Ctrl",
  up: "↑",
  down: "↓",
  left: "←",
  right: "→",
  delete: "Del",
  backspace: "⌫",
};

const isApple = () => navigator.userAgent.includes("Mac");

/** Each press of a sequence as it stands on the keyboard: "mod+k" is "Ctrl+K", or "⌘K" on a Mac. */
export function keysInWords(keys: string): string[] {
  return keys.split(" ").map((press) => {
    const parts = press.split("+").map((key) => (key === "mod" && isApple() ? "⌘" : (words[key] ?? key.charAt(0).toUpperCase() + key.slice(1))));
    return isApple() && parts[0] === "⌘" ? parts.join("") : parts.join("+");
  });
}
