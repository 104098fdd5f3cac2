/** Putting tasks on another day. Their times of day stay, and so do the zones that some have of their own. */
import type { Task, TaskPatch } from "../api/types";
import { addDays, daysBetween, type Day } from "../time/calendarDays";
import { dayOf, hasTime } from "./days";

/** The day where the task is, so that it is due on `day` here. */
function ownDayOf(task: Task, day: Day, here: string): Day {
  const before = dayOf(task, here);
  return task.due === null || before === null ? day : addDays(task.due.slice(0, 10), daysBetween(before, day));
}

export function dueOn(task: Task, day: Day, here: string): Pick<TaskPatch, "due" | "zone"> {
  if (task.due === null || !hasTime(task)) return { due: day, zone: null };
  return { due: ownDayOf(task, day, here) + task.due.slice(10), zone: task.zone };
}

/** Of several tasks: nearly always one day; those of far zones may need the one before or after it. */
export function byOwnDay(tasks: readonly Task[], day: Day, here: string): Map<Day, string[]> {
  const days = new Map<Day, string[]>();
  for (const task of tasks) {
    const own = ownDayOf(task, day, here);
    days.set(own, [...(days.get(own) ?? []), task.id]);
  }
  return days;
}
