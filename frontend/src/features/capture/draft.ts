import { useState } from "react";
import type { Stretch } from "../../api/codePoints";
import { keepDraft, readDraft } from "../../data/drafts";
import type { Said } from "./reading";
import { moved } from "./spans";

const NOTHING: Said = { text: "", literal: [] };

interface Draft {
  said: Said;
  say: (said: Said) => void;
  write: (text: string) => void;
  /** Keep a part as text, or no longer. */
  toggle: (part: Stretch) => void;
  clear: () => void;
}

/** What was begun at a place and not added yet; what was typed before this was there goes on from it. */
export function useDraft(place: string, begun: string): Draft {
  const [said, setSaid] = useState(() => {
    const { text, literal } = (readDraft(place) as Said | null) ?? NOTHING;
    return { text: text + begun, literal };
  });
  function say(next: Said) {
    keepDraft(place, next.text === "" ? null : next);
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
