import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from "react";
import type { TaskLine } from "./lines";

export interface Reached {
  /** The key of the row that Tab leads to; the keys of the list begin there. */
  key: string | null;
  /** Somebody has been in the list. */
  wasThere: boolean;
  note: (key: string) => void;
  /** Go there with the focus. */
  go: (key: string) => void;
}

const titleOf = (root: HTMLElement | null, key: string) => root?.querySelector<HTMLElement>(`[data-row="${CSS.escape(key)}"] [data-title]`) ?? null;

/** Room for what stands in front of the list, above and below. */
const MARGIN = 80;

function isInSight(element: HTMLElement): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return top > MARGIN && bottom < window.innerHeight - MARGIN;
}

/** One row has the list's focus, also when it is gone: then the one that came into its place. */
export function useReached(lines: readonly TaskLine[], root: RefObject<HTMLElement | null>): Reached {
  const [at, setAt] = useState<{ key: string; index: number } | null>(null);
  const wanted = useRef<{ key: string; isNew: boolean; lines: readonly TaskLine[] } | null>(null);
  const index = at === null ? -1 : lines.findIndex(({ key }) => key === at.key);
  const current = index >= 0 ? lines[index] : lines[Math.min(at?.index ?? 0, lines.length - 1)];
  const key = current?.key ?? null;
  const indexOf = (key: string) => lines.findIndex((line) => line.key === key);
  const latest = useRef({ indexOf, lines });
  useLayoutEffect(() => {
    latest.current = { indexOf, lines };
    const { current } = wanted;
    const title = current === null ? null : titleOf(root.current, current.key);
    if (current === null || title === null) return;
    // A row that goes into another column loses the focus on its way.
    if (current.isNew || document.activeElement === document.body) title.focus({ preventScroll: isInSight(title) });
    current.isNew = false;
    if (current.lines !== lines) wanted.current = null;
  });
  // The row with the focus went, and took the focus with it.
  const isGone = at !== null && index < 0;
  useEffect(() => {
    if (!isGone || document.activeElement !== document.body) return;
    const next = key === null ? document.getElementById("main") : titleOf(root.current, key);
    next?.focus({ preventScroll: true });
  }, [isGone, key, root]);
  const note = useCallback((noted: string) => {
    if (wanted.current?.key !== noted) wanted.current = null;
    setAt((before) => (before?.key === noted ? before : { key: noted, index: latest.current.indexOf(noted) }));
  }, []);
  const go = useCallback(
    (to: string) => {
      wanted.current = { key: to, isNew: true, lines: latest.current.lines };
      setAt({ key: to, index: latest.current.indexOf(to) });
    },
    [],
  );
  return { key, wasThere: at !== null, note, go };
}
