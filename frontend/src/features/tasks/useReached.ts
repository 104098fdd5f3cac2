import { useCallback, useEffect, useLayoutEffect, useReducer, useRef, useState, useSyncExternalStore, type RefObject } from "react";
import type { TaskLine } from "./lines";
import { ReachedRow } from "./ReachedRow";

export interface Reached {
  row: ReachedRow;
  /** How often somebody has asked to go to a row: another number means that it is to be brought into sight. */
  times: number;
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

export const useIsReached = (row: ReachedRow, key: string): boolean => useSyncExternalStore(row.subscribe, () => row.key === key);

/** One row has the list's focus, also when it is gone: then the one that came into its place. */
export function useReached(lines: readonly TaskLine[], root: RefObject<HTMLElement | null>): Reached {
  const [row] = useState(() => new ReachedRow());
  const [times, again] = useReducer((before: number) => before + 1, 0);
  const wanted = useRef<{ key: string; isNew: boolean; lines: readonly TaskLine[] } | null>(null);
  const [, drawAgain] = useReducer((before: number) => before + 1, 0);
  const chances = useRef(0);
  const latest = useRef(lines);
  useLayoutEffect(() => {
    latest.current = lines;
    if (row.arrange(lines)) {
      chances.current = 2; // now, and when what came into its place has been drawn: in a long list it may not be there
      drawAgain();
    }
    const { current } = wanted;
    const title = current === null ? null : titleOf(root.current, current.key);
    if (current === null || title === null) return;
    // A row that goes into another column loses the focus on its way.
    if (current.isNew || document.activeElement === document.body) title.focus({ preventScroll: isInSight(title) });
    current.isNew = false;
    if (current.lines !== lines) wanted.current = null;
  });
  // The row with the focus went, and took the focus with it.
  useEffect(() => {
    if (chances.current === 0) return;
    chances.current -= 1;
    if (document.activeElement !== document.body) return;
    const next = row.key === null ? document.getElementById("main") : titleOf(root.current, row.key);
    next?.focus({ preventScroll: true });
  });
  const go = useCallback(
    (to: string) => {
      wanted.current = { key: to, isNew: true, lines: latest.current };
      row.note(to);
      again();
    },
    [row],
  );
  // Who goes elsewhere by themselves need not be brought anywhere.
  useEffect(
    () =>
      row.subscribe(() => {
        if (wanted.current?.key !== row.key) wanted.current = null;
      }),
    [row],
  );
  return { row, times, go };
}
