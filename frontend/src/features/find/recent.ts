import { useState } from "react";

const MOST = 6;
const keyOf = (user: string) => `taskora-searches-${user}`;

/** What was sought in this tab, the latest first. It ends with the tab, so that the next person does not read it. */
export function useRecent(user: string): { recent: readonly string[]; remember: (query: string) => void; forget: () => void } {
  const [recent, setRecent] = useState<readonly string[]>(() => read(user));
  const keep = (next: readonly string[]) => {
    sessionStorage.setItem(keyOf(user), JSON.stringify(next));
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
  const kept: unknown = JSON.parse(sessionStorage.getItem(keyOf(user)) ?? "[]");
  return Array.isArray(kept) ? kept.filter((each) => typeof each === "string") : [];
}
