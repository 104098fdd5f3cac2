/** The minute that it is: what is due becomes late, and what happened is longer ago, also while nobody does anything. */
import { useMemo, useSyncExternalStore } from "react";

const MINUTE = 60_000;

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | undefined;

function tell(): void {
  clearTimeout(timer);
  timer = setTimeout(tell, MINUTE - (Date.now() % MINUTE));
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    tell();
    document.addEventListener("visibilitychange", tell); // timers stand still while a machine sleeps
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", tell);
  };
}

export function useMinute(): Date {
  const minute = useSyncExternalStore(subscribe, () => Math.floor(Date.now() / MINUTE));
  return useMemo(() => new Date(minute * MINUTE), [minute]);
}
