/** Which tasks stand on which day of the calendar. */
import type { Task } from "../../api/types";
import { dayOf, isOverdue, type Clock } from "../../data/days";
import { byDue, byPriority, ordered } from "../../data/order";
import type { Known } from "../../data/shapes";
import { openTasks } from "../../data/views";
import type { Day } from "../../time/calendarDays";

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
  return new Map([...days].map(([day, those]) => [day, ordered(those, byDue, clock)]));
}

/** Those that stand on the days that are shown; and of one other day, if that is looked at. */
export const openBetween = (known: Known, { zone }: Pick<Clock, "zone">, { from, to, beside }: { from: Day; to: Day; beside: Day | null }): Task[] =>
  openTasks(known).filter((task) => {
    const day = dayOf(task, zone);
    return day !== null && ((day >= from && day <= to) || day === beside);
  });

/** What waits to be given a day: first what is late, then what has none. */
export function waiting(known: Known, clock: Clock, now: Date): { overdue: readonly Task[]; undated: readonly Task[] } {
  const tasks = openTasks(known);
  return {
    overdue: ordered(tasks.filter((task) => isOverdue(task, clock, now)), byDue, clock),
    undated: ordered(tasks.filter(({ due, parent }) => due === null && parent === null), byPriority, clock),
  };
}
