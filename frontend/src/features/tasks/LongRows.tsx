import { useLayoutEffect, useRef, useState, type RefObject } from "react";
import { RowGroups, type RowsProps } from "./RowGroups";
import { useScroller } from "./scroller";

/** Of very many rows only those that can be seen are on the page; and the one with the focus, which would lose it. */
export default function LongRows({ lines, reached, within, ...rest }: RowsProps & { within: RefObject<HTMLElement | null> | undefined }) {
  const list = useRef<HTMLDivElement>(null);
  const margin = useDistance(list, within);
  const { row, times } = reached;
  const reachedIndex = row.key === null ? -1 : lines.findIndex(({ key }) => key === row.key);
  const rows = useScroller({ lines, reachedIndex, margin, within });
  const followed = useRef(times);
  useLayoutEffect(() => {
    if (followed.current === times) return;
    followed.current = times;
    if (reachedIndex >= 0) rows.scrollToIndex(reachedIndex, { align: "auto" });
  });
  const shown = rows.getVirtualItems().flatMap(({ index, start }) => {
    const line = lines[index];
    return line === undefined ? [] : [{ line, at: { index, top: start - margin } }];
  });
  return (
    <div ref={list} className="relative" style={{ height: rows.getTotalSize() }}>
      <RowGroups shown={shown} measure={rows.measureElement} {...rest} />
    </div>
  );
}

/** How far below the top of what scrolls the list begins; whatever moves it changes the height of what is around it. */
function useDistance(list: RefObject<HTMLElement | null>, within: RefObject<HTMLElement | null> | undefined): number {
  const [distance, setDistance] = useState(0);
  useLayoutEffect(() => {
    const around = within === undefined ? document.body : list.current?.parentElement;
    if (around == null) return;
    const observer = new ResizeObserver(() => {
      const top = list.current?.getBoundingClientRect().top ?? 0;
      const scrolled = within?.current;
      setDistance(Math.round(scrolled ? top - scrolled.getBoundingClientRect().top + scrolled.scrollTop : top + window.scrollY));
    });
    observer.observe(around);
    return () => {
      observer.disconnect();
    };
  }, [list, within]);
  return distance;
}
