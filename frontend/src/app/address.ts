/** What the address says after its question mark. */
import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("popstate", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("popstate", listener);
  };
}

export function useParam(name: string): string | null {
  return new URLSearchParams(useSyncExternalStore(subscribe, () => window.location.search)).get(name);
}

export function goTo(address: string): void {
  window.history.pushState(null, "", address);
  for (const listener of listeners) listener();
}
