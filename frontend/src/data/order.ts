/** Tasks in an order: by several keys, each up or down, as the API has them; but for its person's clock, where that of a task is another. */
import type { Priority, Task } from "../api/types";
import { dayOf, timeOf, type Clock } from "./days";

export const orders = ["manual", "due", "priority", "title", "created", "updated", "completed"] as const;
export type Order = (typeof orders)[number];

export interface Step {
  order: Order;
  down: boolean;
}

/** How much a priority weighs; more is more urgent. */
const weights: Record<Priority, number> = { none: 0, low: 1, medium: 2, high: 3, urgent: 4 };

/** Of a person's day: by the time; of one time, what matters more. */
export const byDue: readonly Step[] = [
  { order: "due", down: false },
  { order: "priority", down: true },
];

export const byPriority: readonly Step[] = [{ order: "priority", down: true }];

type Key = string | number | null;

interface Column {
  of: (task: Task, zone: string) => Key;
  /** Where what is missing stands: at the end of either direction, or behind the others going up. */
  missing?: "last" | "behind";
}

const columns: Record<Order, readonly Column[]> = {
  manual: [{ of: ({ position }) => position }],
  // Of one day, what has a time comes before what has all of it.
  due: [
    { of: dayOf, missing: "last" },
    { of: timeOf, missing: "behind" },
  ],
  priority: [{ of: ({ priority }) => weights[priority] }],
  title: [{ of: ({ title }) => title.toLowerCase().normalize("NFKD").slice(0, 60) }],
  created: [{ of: ({ created_at }) => created_at }],
  updated: [{ of: ({ updated_at }) => updated_at }],
  completed: [{ of: ({ completed_at }) => completed_at, missing: "last" }],
};

/** Sorted anew. Equals stand in the manual order. */
export function ordered(tasks: readonly Task[], steps: readonly Step[], { zone }: Pick<Clock, "zone">): Task[] {
  const ways = steps.flatMap(({ order, down }) => columns[order].map((column) => ({ ...column, down })));
  const lines = tasks.map((task) => ({ task, keys: ways.map(({ of }) => of(task, zone)) }));
  lines.sort((one, other) => {
    for (const [at, { down, missing }] of ways.entries()) {
      const found = compared(one.keys[at] ?? null, other.keys[at] ?? null, down, missing === "last");
      if (found !== 0) return found;
    }
    return manually(one.task, other.task);
  });
  return lines.map(({ task }) => task);
}

function compared(one: Key, other: Key, down: boolean, isLastEitherWay: boolean): number {
  if (one === other) return 0;
  if (one === null || other === null) return (one === null ? 1 : -1) * (down && !isLastEitherWay ? -1 : 1);
  return (one < other ? -1 : 1) * (down ? -1 : 1);
}

export interface Standing {
  id: string;
  position: string;
}

/** Where their person has put them. By their letters' codes, as the server does; not by a language's alphabet. */
export function manually(one: Standing, other: Standing): number {
  if (one.position !== other.position) return one.position < other.position ? -1 : 1;
  return one.id < other.id ? -1 : 1;
}
