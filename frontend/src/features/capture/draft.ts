import { useState } from "react";
import type { Stretch } from "../../api/codePoints";
import type { Said } from "./reading";
import { moved } from "./spans";

const NOTHING: Said = { text: "", literal: [] };

/** What was begun somewhere and not added yet; it waits there until the page is closed. */
const drafts = new Map<string, Said>();

interface Draft {
  said: Said;
  say: (said: Said) => void;
  write: (text: string) => void;
  /** Keep a part as text, or no longer. */
  toggle: (part: Stretch) => void;
  clear: () => void;
}

export function useDraft(name: string, begun: string): Draft {
  const [said, setSaid] = useState(() => drafts.get(name) ?? (begun === "" ? NOTHING : { text: begun, literal: [] }));
  function say(next: Said) {
    if (next.text === "") drafts.delete(name);
    else drafts.set(name, next);
    setSaid(next);
  }
  return {
    said,
    say,
    write: (text) => {
      const line = text.replace(/\s*[\r\n]+\s*/gu, " ");
      say({ text: line, literal: moved(said.literal, said.text, line) });
    },
    toggle: ({ start, end }) => {
      const others = said.literal.filter((each) => each.start !== start || each.end !== end);
      say({ ...said, literal: others.length < said.literal.length ? others : [...others, { start, end }] });
    },
    clear: () => {
      say(NOTHING);
    },
  };
}
