/** Which of the held tasks are looked at, and how many there are. */
import type { Task } from "../api/types";
import { isOpen } from "./families";
import type { Known } from "./shapes";

export const openTasks = (known: Known): Task[] => [...known.task.values()].filter(isOpen);

/** How many open tasks each list and each tag has. */
export function openCounts(known: Known): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const task of known.task.values()) {
    if (!isOpen(task)) continue;
    for (const id of [task.list, ...task.tags]) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}
