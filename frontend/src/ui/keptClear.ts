/** What stands at the lower edge of the window and is worked with: what floats there keeps clear of it. */
import { useEffect, useSyncExternalStore, type RefObject } from "react";

let kept: HTMLElement | null = null;
const listeners = new Set<() => void>();

function keep(element: HTMLElement | null): void {
  kept = element;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

export function useKeptClear(place: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    keep(place.current);
    return () => {
      keep(null);
    };
  }, [place]);
}

const useKept = (): HTMLElement | null => useSyncExternalStore(subscribe, () => kept);

const GAP = 8; // px

/** What floats stands above it where they would meet. Measured where the browser has just done so, and not in a click. */
export function useClearance(place: RefObject<HTMLElement | null>): void {
  const stands = useKept();
  useEffect(() => {
    const floats = place.current;
    if (floats === null || stands === null) return;
    let lift = 0;
    const look = () => {
      const { lastElementChild: last, firstElementChild: first } = floats;
      if (first === null || last === null) return;
      const low = last.getBoundingClientRect();
      const bar = stands.getBoundingClientRect();
      const [top, bottom] = [first.getBoundingClientRect().top + lift, low.bottom + lift];
      const isFree = bar.right <= low.left || bar.left >= low.right || bar.bottom <= top || bar.top >= bottom + GAP;
      const next = isFree ? 0 : Math.ceil(bottom - bar.top + GAP);
      if (next === lift) return;
      lift = next;
      floats.style.translate = `0 ${-lift}px`;
    };
    const sizes = new ResizeObserver(look);
    for (const element of [floats, stands, document.body]) sizes.observe(element);
    window.addEventListener("scroll", look, { passive: true });
    return () => {
      sizes.disconnect();
      window.removeEventListener("scroll", look);
      floats.style.translate = "";
    };
  }, [place, stands]);
}
