/** Tasks and what is below them, of what is held. */
import type { Task } from "../api/types";
import { manually } from "./order";
import { isFinished, type Known } from "./shapes";

/** These tasks and all that is below them, each once, parents first. */
export function withAllBelow(known: Known, ids: readonly string[]): Task[] {
  const found = new Map<string, Task>();
  const look = (id: string) => {
    const task = known.task.get(id);
    if (task === undefined || found.has(id)) return;
    found.set(id, task);
    known.children(id).forEach(look);
  };
  ids.forEach(look);
  return [...found.values()];
}

/** Those above a task, the topmost first. */
export function above(known: Known, task: Task): Task[] {
  const line: Task[] = [];
  for (let parent = task.parent; parent !== null; ) {
    const next: Task | undefined = known.task.get(parent);
    if (next === undefined || line.includes(next)) break;
    line.unshift(next);
    parent = next.parent;
  }
  return line;
}

export const isOpen = (task: Task): boolean => !isFinished(task);

/** Those beside which a task stands: of one list, or of one parent. */
export function siblings(known: Known, { list, parent }: Pick<Task, "list" | "parent">): Task[] {
  const found = [...known.task.values()].filter((task) => task.parent === parent && (parent !== null || task.list === list));
  return found.sort(manually);
}
