/** Which of the held tasks a view shows, and in which order. */
import type { Priority, Task } from "../api/types";
import { dayOf, timeOf, type Clock } from "./days";
import { isOpen } from "./families";
import type { Known } from "./shapes";

export type Order = "manual" | "due" | "priority" | "title" | "created" | "updated";

/** How much a priority weighs; more is more urgent. */
export const weights: Record<Priority, number> = { none: 0, low: 1, medium: 2, high: 3, urgent: 4 };

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

/** Sorted anew. What has no date comes last, in either direction; equals stand in the manual order. */
export function ordered(tasks: readonly Task[], order: Order, { zone }: Pick<Clock, "zone">, down = false): Task[] {
  const keys = new Map(tasks.map((task) => [task, keyOf(task, order, zone)]));
  const turn = down ? -1 : 1;
  return [...tasks].sort((one, other) => {
    const [a, b] = [keys.get(one) ?? null, keys.get(other) ?? null];
    if (a === b) return manually(one, other);
    if (a === null || b === null) return a === null ? 1 : -1;
    return (a < b ? -1 : 1) * turn;
  });
}

function keyOf(task: Task, order: Order, zone: string): string | number | null {
  switch (order) {
    case "manual":
      return task.position;
    case "due": {
      const day = dayOf(task, zone);
      // Within a day, what has a time comes first; then what matters more.
      return day === null ? null : `${day}T${timeOf(task, zone) ?? "99:99"}${9 - weights[task.priority]}`;
    }
    case "priority":
      return -weights[task.priority];
    case "title":
      return task.title.toLocaleLowerCase();
    case "created":
      return task.created_at;
    case "updated":
      return task.updated_at;
  }
}

function manually(one: Task, other: Task): number {
  if (one.position !== other.position) return one.position < other.position ? -1 : 1;
  return one.id < other.id ? -1 : 1;
}
