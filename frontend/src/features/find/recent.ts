import { useState } from "react";
import { keepDraft, readDraft } from "../../data/drafts";

const MOST = 6;
const keyOf = (user: string) => `${user}/searches`;

/** What was sought in this tab, the latest first. It ends with the tab, or when they log out, so that the next person does not read it. */
export function useRecent(user: string): { recent: readonly string[]; remember: (query: string) => void; forget: () => void } {
  const [recent, setRecent] = useState<readonly string[]>(() => read(user));
  const keep = (next: readonly string[]) => {
    keepDraft(keyOf(user), next);
    setRecent(next);
  };
  return {
    recent,
    remember: (query) => {
      const words = query.trim();
      if (words !== "") keep([words, ...read(user).filter((each) => each !== words)].slice(0, MOST));
    },
    forget: () => {
      keep([]);
    },
  };
}

function read(user: string): string[] {
  const kept = readDraft(keyOf(user));
  return Array.isArray(kept) ? kept.filter((each) => typeof each === "string") : [];
}
