/** Which tasks a task is part of, and which are part of it. */
import type { Task } from "../../api/types";
import { manually } from "../../data/order";

type Tasks = ReadonlyMap<string, Task>;

/** Those that this one is part of, the outermost first, as far as they are held. */
export function pathOf(task: Task, tasks: Tasks): Task[] {
  const path: Task[] = [];
  let above = task.parent;
  while (above !== null) {
    const parent = tasks.get(above);
    if (parent === undefined || path.includes(parent)) break;
    path.unshift(parent);
    above = parent.parent;
  }
  return path;
}

const MOST = 30;

/** Open tasks by what was typed, that this one may become a part of: neither itself nor any of its own parts. */
export function possibleParents(task: Task, tasks: Tasks, typed: string): Task[] {
  const wanted = typed.trim().toLowerCase();
  const found: Task[] = [];
  for (const each of tasks.values()) {
    if (found.length === MOST) break;
    if (each.id === task.id || each.status === "done" || each.status === "cancelled") continue;
    if (!each.title.toLowerCase().includes(wanted)) continue;
    if (!pathOf(each, tasks).some(({ id }) => id === task.id)) found.push(each);
  }
  return found;
}

/** The direct parts of a task in their order, as far as they are held. */
export const partsOf = (id: string, tasks: Tasks): Task[] => [...tasks.values()].filter(({ parent }) => parent === id).sort(manually);

/** Cancelled ones do not count. */
export function progressOf(parts: readonly Task[]): { done: number; total: number } {
  const counted = parts.filter(({ status }) => status !== "cancelled");
  return { done: counted.filter(({ status }) => status === "done").length, total: counted.length };
}
