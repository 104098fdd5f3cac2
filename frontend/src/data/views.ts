/** Which of the held tasks a view shows, and in which order. */
import type { Priority, Task } from "../api/types";
import { addDays, dayOf, timeOf, type Clock, type Day } from "./days";
import { isOpen } from "./families";
import type { Known } from "./shapes";

export type Order = "manual" | "due" | "priority" | "title" | "created" | "updated";

/** How much a priority weighs; more is more urgent. */
export const weights: Record<Priority, number> = { none: 0, low: 1, medium: 2, high: 3, urgent: 4 };

const isIn = (list: string) => (task: Task) => task.list === list;
const isMarked = (tag: string) => (task: Task) => task.tags.includes(tag);

export const openTasks = (known: Known): Task[] => [...known.task.values()].filter(isOpen);
export const tasksOfList = (known: Known, list: string): Task[] => openTasks(known).filter(isIn(list));
export const tasksWithTag = (known: Known, tag: string): Task[] => openTasks(known).filter(isMarked(tag));

/** Each of so many days from today on, and what is due then; and all that is due after them. */
export function upcoming(known: Known, clock: Clock, days: number): { days: { day: Day; tasks: Task[] }[]; later: Task[] } {
  const groups = Array.from({ length: days }, (_, index) => ({ day: addDays(clock.today, index), tasks: [] as Task[] }));
  const places = new Map(groups.map((group) => [group.day, group.tasks]));
  const later: Task[] = [];
  for (const task of openTasks(known)) {
    const day = dayOf(task, clock.zone);
    if (day === null || day < clock.today) continue;
    (places.get(day) ?? later).push(task);
  }
  return { days: groups.map(({ day, tasks }) => ({ day, tasks: ordered(tasks, "due", clock) })), later: ordered(later, "due", clock) };
}

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
