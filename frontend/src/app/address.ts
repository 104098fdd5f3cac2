/** What the address says: after its question mark, and in the links of mails. */
import { useMemo, useSyncExternalStore } from "react";

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

/** A door that stands at an address of its own. Mails lead to these, and so they open for whoever is inside as well. */
export type Door = { to: "confirm" | "reset"; token: string } | { to: "forgotten" };

export function useDoor(): Door | null {
  const address = useSyncExternalStore(subscribe, () => window.location.href);
  return useMemo(() => doorAt(new URL(address)), [address]);
}

/** A mail's token is behind the hash, so that no server's log has it. */
function doorAt({ pathname, hash }: URL): Door | null {
  const token = hash.startsWith("#token=") ? hash.slice("#token=".length) : "";
  if (pathname === "/reset") return token === "" ? { to: "forgotten" } : { to: "reset", token };
  return pathname === "/confirm" && token !== "" ? { to: "confirm", token } : null;
}

export function goTo(address: string): void {
  window.history.pushState(null, "", address);
  for (const listener of listeners) listener();
}

/** What was said once is not said again when the page is loaded anew. */
export function dropParam(name: string): void {
  const address = new URL(window.location.href);
  if (!address.searchParams.has(name)) return;
  address.searchParams.delete(name);
  window.history.replaceState(null, "", address);
  for (const listener of listeners) listener();
}
