/** What stands at the lower edge of the window and is worked with: what floats there keeps clear of it. */
import { useEffect, type RefObject } from "react";

const kept = new Set<HTMLElement>();
/** How each that floats looks for its place. It may be kept clear by others in its turn. */
const looks = new Map<HTMLElement, () => void>();

function lookAgain(): void {
  for (const look of looks.values()) look();
}

export function useKeptClear(place: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const stands = place.current;
    if (stands === null) return;
    const sizes = new ResizeObserver(lookAgain); // which tells its first size, too
    sizes.observe(stands);
    kept.add(stands);
    return () => {
      sizes.disconnect();
      kept.delete(stands);
      lookAgain();
    };
  }, [place]);
}

const GAP = 8; // px

/** What floats stands above what is kept clear, where they would meet. It is measured after layout, and not in a click. */
export function useClearance(place: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const floats = place.current;
    if (floats === null) return;
    let lift = 0;
    const look = () => {
      const next = liftOf(floats, lift);
      if (next === lift) return;
      lift = next;
      floats.style.translate = lift === 0 ? "" : `0 ${-lift}px`;
      if (kept.has(floats)) lookAgain();
    };
    const sizes = new ResizeObserver(look);
    sizes.observe(floats);
    sizes.observe(document.body);
    looks.set(floats, look);
    window.addEventListener("scroll", look, { passive: true });
    return () => {
      sizes.disconnect();
      looks.delete(floats);
      window.removeEventListener("scroll", look);
    };
  }, [place]);
}

/** How much higher than its place it has to stand; `lift` is how much it does. */
function liftOf(floats: HTMLElement, lift: number): number {
  const own = seenOf(floats);
  if (kept.size === 0 || own === null) return 0;
  const others = [...kept].filter((element) => element !== floats).flatMap((element) => seenOf(element) ?? []);
  let next = 0;
  for (const other of others.sort((one, another) => another.bottom - one.bottom)) {
    const [top, bottom] = [own.top + lift - next, own.bottom + lift - next];
    const isFree = other.right <= own.left || other.left >= own.right || other.bottom <= top - GAP || other.top >= bottom + GAP;
    if (!isFree) next += Math.ceil(bottom - other.top + GAP);
  }
  return next;
}

/** Where it is seen: of what floats, that is what is in its box. */
function seenOf(element: HTMLElement): DOMRect | null {
  if (!looks.has(element)) return element.getBoundingClientRect();
  const { firstElementChild: first, lastElementChild: last } = element;
  if (first === null || last === null) return null;
  const [head, foot] = [first.getBoundingClientRect(), last.getBoundingClientRect()];
  return new DOMRect(head.left, head.top, head.width, foot.bottom - head.top);
}
