import { useState } from "react";
import type { Said } from "./reading";

export const NOTHING: Said = { text: "", literal: [] };

/** What was begun somewhere and not added yet; it waits there until the page is closed. */
const drafts = new Map<string, Said>();

export function useDraft(name: string): [Said, (said: Said) => void] {
  const [said, setSaid] = useState(() => drafts.get(name) ?? NOTHING);
  return [
    said,
    (next) => {
      if (next.text === "") drafts.delete(name);
      else drafts.set(name, next);
      setSaid(next);
    },
  ];
}
