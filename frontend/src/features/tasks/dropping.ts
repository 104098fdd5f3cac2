/** Where tasks go that are dropped on a row. */
import type { TaskLine } from "./lines";
import type { Placed } from "./placing";

export type Edge = "above" | "onto" | "below";

/** In which part of a row the pointer is: the middle makes a subtask, where the order is the person's own. */
export function edgeAt(offset: number, height: number, canReorder: boolean): Edge {
  if (!canReorder) return "onto";
  if (offset < height / 4) return "above";
  return offset > (height * 3) / 4 ? "below" : "onto";
}

/** Behind an unfolded parent comes its first subtask, so that is where the gap below it leads. */
export function droppedAt(lines: readonly TaskLine[], target: TaskLine, edge: Edge): Placed {
  if (edge === "onto") return { parent: target.task.id, at: "last" };
  if (edge === "above") return { before: target.task.id };
  const next = lines[lines.indexOf(target) + 1];
  return next?.task.parent === target.task.id && next.depth > target.depth ? { before: next.task.id } : { after: target.task.id };
}
