import { useEffect, useLayoutEffect, useRef, type RefObject } from "react";
import type { DragModel } from "./dragging";

/** Tasks can be dragged once somebody points at one; nothing is loaded for it before. */
export function useDragging(root: RefObject<HTMLElement | null>, now: DragModel): void {
  const latest = useRef(now);
  useLayoutEffect(() => {
    latest.current = now;
  });
  useEffect(() => {
    const element = root.current;
    if (element === null) return;
    const over = new AbortController();
    let stop: () => void = () => undefined;
    const listen = () => {
      element.addEventListener("pointerover", begin, { once: true, signal: over.signal });
    };
    const begin = (event: PointerEvent) => {
      import("./dragging").then(
        ({ dragging }) => {
          if (!over.signal.aborted) stop = dragging(element, event, () => latest.current);
        },
        // Without a network it can't be fetched; everything that dragging does can be done by keys until then.
        listen,
      );
    };
    listen();
    return () => {
      over.abort();
      stop();
    };
  }, [root]);
}
