/** The virtualiser for rows that scroll with the page, or in an element of their own. */
import { defaultRangeExtractor, elementScroll, observeElementOffset, observeElementRect, observeWindowOffset, observeWindowRect, useVirtualizer, windowScroll, type Range, type Virtualizer } from "@tanstack/react-virtual";
import { useCallback, type RefObject } from "react";
import type { Line } from "./lines";

interface Wanted {
  lines: readonly Line[];
  reachedIndex: number;
  margin: number;
  within: RefObject<HTMLElement | null> | undefined;
}

type Options = Parameters<typeof useVirtualizer<HTMLElement, HTMLElement>>[0];

const element: Pick<Options, "observeElementRect" | "observeElementOffset" | "scrollToFn"> = { observeElementRect, observeElementOffset, scrollToFn: elementScroll };

// The page itself scrolls as its window does, which is no element; the virtualiser is told how to ask it.
const page = { observeElementRect: observeWindowRect, observeElementOffset: observeWindowOffset, scrollToFn: windowScroll } as unknown as typeof element;

const heights = { head: 52, bare: 40, facts: 60 };

export function useScroller({ lines, reachedIndex, margin, within }: Wanted): Virtualizer<HTMLElement, HTMLElement> {
  const rangeExtractor = useCallback(
    (range: Range) => {
      const indexes = defaultRangeExtractor(range);
      if (reachedIndex >= 0 && !indexes.includes(reachedIndex)) indexes.push(reachedIndex);
      return indexes.sort((one, other) => one - other);
    },
    [reachedIndex],
  );
  const getItemKey = useCallback((index: number) => lines[index]?.key ?? index, [lines]);
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing of it is handed on to what is memoised
  return useVirtualizer<HTMLElement, HTMLElement>({
    ...(within === undefined ? page : element),
    getScrollElement: () => (within === undefined ? (window as unknown as HTMLElement) : within.current),
    count: lines.length,
    getItemKey,
    estimateSize: (index) => heightOf(lines[index]),
    overscan: 8,
    scrollMargin: margin,
    scrollPaddingStart: 72,
    scrollPaddingEnd: 96,
    rangeExtractor,
  });
}

/** A guess until it is measured. */
function heightOf(line: Line | undefined): number {
  if (line?.kind !== "task") return heights.head;
  const { due, tags, priority, notes, recurrence, reminders } = line.task;
  return due === null && tags.length === 0 && priority === "none" && notes === "" && recurrence === null && reminders.length === 0 && line.parts === 0 ? heights.bare : heights.facts;
}
