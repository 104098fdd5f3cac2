import { useState } from "react";
import { keepDraft, readDraft } from "../../data/drafts";

interface Draft {
  text: string;
  /** What was saved when this was begun: what it is meant to replace. */
  base: string;
}

export interface Drafted {
  /** What stands in the field: what was typed, or else what is saved. */
  text: string;
  isBegun: boolean;
  /** Somebody else saved something different after this was begun. */
  theirs: string | null;
  type: (text: string) => void;
  /** Saved or given up: what is saved stands there again. */
  drop: () => void;
}

/** A field's text, kept from the first letter that differs until it is saved. `place` names the field for good. */
export function useDraft(place: string, saved: string): Drafted {
  const [draft, setDraft] = useState<Draft | null>(() => readDraft(place) as Draft | null);
  const put = (next: Draft | null) => {
    setDraft(next);
    keepDraft(place, next);
  };
  const isBegun = draft !== null && draft.text !== saved;
  return {
    text: draft?.text ?? saved,
    isBegun,
    theirs: isBegun && draft.base !== saved ? saved : null,
    type: (text) => {
      const base = draft?.base ?? saved;
      put(text === base && base === saved ? null : { text, base });
    },
    drop: () => {
      put(null);
    },
  };
}
