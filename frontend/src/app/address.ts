/** What the address says: after its question mark, and in the links of mails. */
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

/** What a link in a mail ends with; behind a hash, so that no server's log has it. */
export function useLinkedToken(path: string): string | null {
  const address = useSyncExternalStore(subscribe, () => window.location.pathname + window.location.hash);
  const [where, token] = address.split("#token=", 2);
  return where === path && token !== undefined && token !== "" ? token : null;
}

export function goTo(address: string): void {
  window.history.pushState(null, "", address);
  for (const listener of listeners) listener();
}
