/** Which tasks stand on which day of the calendar, and what it means to put one on another day. */
import type { Task, TaskPatch } from "../../api/types";
import { addDays, dayOf, daysBetween, hasTime, isOverdue, type Clock, type Day } from "../../data/days";
import type { Known } from "../../data/shapes";
import { openTasks, ordered } from "../../data/views";

export type ByDay = ReadonlyMap<Day, readonly Task[]>;

/** Tasks by a day of theirs, in the order of their times. */
export function byDay(tasks: Iterable<Task>, clock: Pick<Clock, "zone">, dayFor: (task: Task) => Day | null): ByDay {
  const days = new Map<Day, Task[]>();
  for (const task of tasks) {
    const day = dayFor(task);
    if (day === null) continue;
    const others = days.get(day);
    if (others === undefined) days.set(day, [task]);
    else others.push(task);
  }
  return new Map([...days].map(([day, those]) => [day, ordered(those, "due", clock)]));
}

export const openByDay = (known: Known, clock: Pick<Clock, "zone">): ByDay => byDay(openTasks(known), clock, (task) => dayOf(task, clock.zone));

/** What waits to be given a day: first what is late, then what has none. */
export function waiting(known: Known, clock: Clock, now: Date): { overdue: readonly Task[]; undated: readonly Task[] } {
  const tasks = openTasks(known);
  return {
    overdue: ordered(tasks.filter((task) => isOverdue(task, clock, now)), "due", clock),
    undated: ordered(tasks.filter(({ due, parent }) => due === null && parent === null), "priority", clock),
  };
}

/** The same time on another day: in the zone of its own, if it has one. */
export function dueOn(task: Task, day: Day, zone: string): Pick<TaskPatch, "due" | "zone"> {
  const here = dayOf(task, zone);
  if (task.due === null || here === null || !hasTime(task)) return { due: day, zone: null };
  const date = addDays(task.due.slice(0, 10), daysBetween(here, day));
  return { due: date + task.due.slice(10), zone: task.zone };
}
