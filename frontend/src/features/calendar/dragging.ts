/** Tasks are dragged onto days. Loaded once somebody has the calendar before them, not with the page. */
import { combine } from "@atlaskit/pragmatic-drag-and-drop/combine";
import { draggable, dropTargetForElements, monitorForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { DROP_TARGETS, dropPlaceOf } from "../../ui/dropTarget";

/** What can be dragged says which task it is. */
export const DRAGGED = "data-task";

const taskOf = (data: Record<string | symbol, unknown>): string | null => (typeof data.task === "string" ? data.task : null);

/** Until the function that comes back is called, what is in this element can be dragged, also what is drawn later. */
export function drags(root: HTMLElement, onDrop: (task: string, day: string) => void): () => void {
  const ends = new Map<Element, () => void>();
  const look = () => {
    for (const [element, end] of ends) {
      if (root.contains(element)) continue;
      end();
      ends.delete(element);
    }
    for (const element of root.querySelectorAll<HTMLElement>(`[${DRAGGED}], ${DROP_TARGETS}`)) {
      if (!ends.has(element)) ends.set(element, element.hasAttribute(DRAGGED) ? draggedAway(element) : droppedOn(element));
    }
  };
  look();
  const drawn = new MutationObserver(look);
  drawn.observe(root, { childList: true, subtree: true });
  const monitor = monitorForElements({
    onDrop: ({ source, location }) => {
      const [target] = location.current.dropTargets;
      const task = taskOf(source.data);
      const place = target === undefined ? null : dropPlaceOf(target.element);
      if (task !== null && place?.kind === "day" && place.id !== null) onDrop(task, place.id);
    },
  });
  return combine(monitor, () => {
    drawn.disconnect();
    for (const end of ends.values()) end();
  });
}

const draggedAway = (element: HTMLElement) =>
  draggable({
    element,
    getInitialData: () => ({ task: element.getAttribute(DRAGGED) }),
    onDragStart: () => { element.setAttribute("data-dragged", ""); },
    onDrop: () => { element.removeAttribute("data-dragged"); },
  });

const droppedOn = (element: HTMLElement) =>
  dropTargetForElements({
    element,
    canDrop: ({ source }) => taskOf(source.data) !== null,
    onDragEnter: () => { element.setAttribute("data-over", ""); },
    onDragLeave: () => { element.removeAttribute("data-over"); },
    onDrop: () => { element.removeAttribute("data-over"); },
  });
