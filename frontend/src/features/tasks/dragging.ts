/** Dragging tasks: to another place in the order, below another task, under another heading, onto what the sidebar shows. */
import { combine } from "@atlaskit/pragmatic-drag-and-drop/combine";
import { draggable, dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { pointerOutsideOfPreview } from "@atlaskit/pragmatic-drag-and-drop/element/pointer-outside-of-preview";
import { setCustomNativeDragPreview } from "@atlaskit/pragmatic-drag-and-drop/element/set-custom-native-drag-preview";
import { getElementFromPointWithoutHoneypot } from "@atlaskit/pragmatic-drag-and-drop/get-element-from-point-without-honey-pot";
import { DROP_TARGETS, dropPlaceOf, type DropPlace } from "../../ui/dropTarget";
import type { Doing } from "./doing";
import { droppedAt, edgeAt, type Edge } from "./dropping";
import type { TaskLine } from "./lines";
import * as say from "./words";

export interface DragModel {
  lines: readonly TaskLine[];
  selected: ReadonlySet<string>;
  canReorder: boolean;
  isBoard: boolean;
  doing: Doing;
}

type Over = { element: Element } & ({ kind: "row"; key: string; edge: Edge } | { kind: "place"; place: DropPlace });

const idsIn = (data: Record<string, unknown>): readonly string[] => (Array.isArray(data.tasks) ? (data.tasks as string[]) : []);

/** `first` is the event by which it became known that somebody points at a row. */
export function dragging(root: HTMLElement, first: PointerEvent, model: () => DragModel): () => void {
  let held: { row: HTMLElement; letGo: () => void } | null = null;
  let isDragging = false;
  const hold = (event: Event) => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-row]") : null;
    if (row === null || row === held?.row || isDragging) return;
    held?.letGo();
    held = { row, letGo: draggableRow(row, model, (now) => { isDragging = now; }) };
  };
  hold(first);
  root.addEventListener("pointerover", hold);
  const stop = combine(dropsAnywhere(root, model), () => {
    root.removeEventListener("pointerover", hold);
    held?.letGo();
  });
  return stop;
}

function draggableRow(row: HTMLElement, model: () => DragModel, onDragging: (now: boolean) => void): () => void {
  const tasks = () => {
    const { lines, selected } = model();
    const id = lines.find(({ key }) => key === row.dataset.row)?.task.id;
    return id === undefined ? [] : selected.has(id) ? [...selected] : [id];
  };
  return draggable({
    element: row,
    canDrag: () => row.querySelector("input:not([type=checkbox])") === null,
    getInitialData: () => ({ tasks: tasks() }),
    onGenerateDragPreview: ({ nativeSetDragImage }) => {
      const count = tasks().length;
      const title = row.querySelector("[data-title]")?.textContent ?? "";
      setCustomNativeDragPreview({
        nativeSetDragImage,
        getOffset: pointerOutsideOfPreview({ x: "12px", y: "8px" }),
        render: ({ container }) => {
          const preview = document.createElement("div");
          preview.className = "sheet max-w-72 truncate px-3 py-1.5";
          preview.textContent = count > 1 ? say.dragged(count) : title;
          container.append(preview);
        },
      });
    },
    onDragStart: () => {
      onDragging(true);
      row.classList.add("opacity-40");
    },
    onDrop: () => {
      onDragging(false);
      row.classList.remove("opacity-40");
    },
  });
}

/** One target for the whole page: what is below the pointer says by its markup what it is. */
function dropsAnywhere(root: HTMLElement, model: () => DragModel): () => void {
  let marked: Over | null = null;
  const mark = (over: Over | null) => {
    if (marked?.element !== over?.element) {
      marked?.element.removeAttribute("data-edge");
      marked?.element.removeAttribute("data-over");
    }
    marked = over;
    if (over?.kind === "row") over.element.setAttribute("data-edge", over.edge);
    else over?.element.setAttribute("data-over", "");
  };
  const overAt = (at: { clientX: number; clientY: number }, ids: readonly string[]) => whatIsAt(at, ids, root, model());
  return combine(
    dropTargetForElements({
      element: document.body,
      canDrop: ({ source }) => idsIn(source.data).length > 0,
      onDrag: ({ source, location }) => {
        mark(overAt(location.current.input, idsIn(source.data)));
      },
      onDragLeave: () => {
        mark(null);
      },
      onDrop: ({ source, location }) => {
        const over = overAt(location.current.input, idsIn(source.data));
        mark(null);
        if (over !== null && location.current.dropTargets[0]?.element === document.body) drop(idsIn(source.data), over, model());
      },
    }),
    () => {
      mark(null);
    },
  );
}

function whatIsAt({ clientX, clientY }: { clientX: number; clientY: number }, ids: readonly string[], root: HTMLElement, { lines, canReorder, isBoard }: DragModel): Over | null {
  const element = getElementFromPointWithoutHoneypot({ x: clientX, y: clientY });
  const row = isBoard ? null : (element?.closest<HTMLElement>("[data-row]") ?? null);
  if (row !== null && root.contains(row)) {
    const { top, height } = row.getBoundingClientRect();
    const line = lines.find(({ key }) => key === row.dataset.row);
    if (line === undefined || ids.includes(line.task.id)) return null;
    return { kind: "row", element: row, key: line.key, edge: edgeAt(clientY - top, height, canReorder) };
  }
  const target = element?.closest(DROP_TARGETS) ?? null;
  const place = target === null ? null : dropPlaceOf(target);
  return target === null || place === null ? null : { kind: "place", element: target, place };
}

/** Under a heading that gives something, a row stands for its heading; else it is a neighbour or a parent. */
function drop(ids: readonly string[], over: Over, { lines, doing }: DragModel): void {
  if (over.kind === "place") {
    doing.putAt(ids, over.place);
    return;
  }
  const line = lines.find(({ key }) => key === over.key);
  if (line === undefined) return;
  if (line.group.given === null) doing.moveTo(ids, droppedAt(lines, line, over.edge));
  else doing.give(ids.filter((id) => !line.group.tasks.some((task) => task.id === id)), line.group.given);
}
