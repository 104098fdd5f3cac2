import { useEffect, useRef, useState, type RefObject } from "react";

/** Whether somebody points at it, or has the focus in it: then it stays. */
export function useHeld(): [RefObject<HTMLDivElement | null>, boolean] {
  const place = useRef<HTMLDivElement>(null);
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    const box = place.current;
    if (box === null) return;
    const over = new AbortController();
    const look = () => {
      setHeld(box.matches(":hover") || box.contains(document.activeElement));
    };
    // Also after what was pointed at or had the focus is gone, which tells nobody.
    const watched = new MutationObserver(look);
    watched.observe(box, { childList: true });
    for (const kind of ["pointerover", "pointerout", "focusin", "focusout"]) {
      box.addEventListener(kind, () => requestAnimationFrame(look), { signal: over.signal });
    }
    return () => {
      watched.disconnect();
      over.abort();
    };
  }, []);
  return [place, isHeld];
}
