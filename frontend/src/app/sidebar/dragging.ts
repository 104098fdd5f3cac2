/** Dragging lists and filters into an order. The menu of each does the same by keys. */
import { combine } from "@atlaskit/pragmatic-drag-and-drop/combine";
import { draggable, dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { getElementFromPointWithoutHoneypot } from "@atlaskit/pragmatic-drag-and-drop/get-element-from-point-without-honey-pot";
import type { Data } from "../../data/Data";
import { organizeActs } from "../../data/organizeActs";
import { moveEntry } from "./entries";

type EntryPlace = { before: string } | { after: string };

type OnMove = (id: string, place: EntryPlace) => void;

interface Over {
  row: HTMLElement;
  edge: "above" | "below";
}

let held: { row: HTMLElement; letGo: () => void } | null = null;
let isDragging = false;

/** What is pointed at in a list of entries can be dragged to another place in it. */
export function hold(target: EventTarget, kind: "list" | "filter", data: Data): void {
  const row = target instanceof Element ? target.closest<HTMLElement>("[data-entry]") : null;
  const list = row?.parentElement;
  if (row === null || list == null || row === held?.row || isDragging) return;
  held?.letGo();
  const onMove: OnMove = (id, place) => {
    moveEntry(data.actsOf(organizeActs), kind, id, place);
  };
  held = { row, letGo: combine(draggableRow(row), dropsIn(list, onMove)) };
}

function draggableRow(row: HTMLElement): () => void {
  const link = row.querySelector("a");
  if (link !== null) link.draggable = false; // or it would be dragged as an address
  return draggable({
    element: row,
    getInitialData: () => ({ entry: row.dataset.entry }),
    onDragStart: () => {
      isDragging = true;
      row.classList.add("opacity-40");
    },
    onDrop: () => {
      isDragging = false;
      row.classList.remove("opacity-40");
    },
  });
}

function dropsIn(list: HTMLElement, onMove: OnMove): () => void {
  let marked: HTMLElement | null = null;
  const mark = (over: Over | null) => {
    marked?.removeAttribute("data-edge");
    marked = over?.row ?? null;
    if (over !== null) over.row.setAttribute("data-edge", over.edge);
  };
  return combine(
    dropTargetForElements({
      element: list,
      canDrop: ({ source }) => source.element.parentElement === list && typeof source.data.entry === "string",
      onDrag: ({ source, location }) => {
        mark(overAt(location.current.input, list, source.element));
      },
      onDragLeave: () => {
        mark(null);
      },
      onDrop: ({ source, location }) => {
        const over = overAt(location.current.input, list, source.element);
        mark(null);
        const id = source.data.entry;
        const beside = over?.row.dataset.entry;
        if (typeof id === "string" && beside !== undefined) onMove(id, over?.edge === "above" ? { before: beside } : { after: beside });
      },
    }),
    () => {
      mark(null);
    },
  );
}

function overAt({ clientX, clientY }: { clientX: number; clientY: number }, list: HTMLElement, dragged: Element): Over | null {
  const row = getElementFromPointWithoutHoneypot({ x: clientX, y: clientY })?.closest<HTMLElement>("[data-entry]");
  if (row == null || row === dragged || row.parentElement !== list) return null;
  const { top, height } = row.getBoundingClientRect();
  return { row, edge: clientY < top + height / 2 ? "above" : "below" };
}
