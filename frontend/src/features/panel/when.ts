/** Dates and moments in the words of whoever looks at them. */
import type { Task } from "../../api/types";
import { dayOf, timeOf, wallClock } from "../../data/days";
import { dueInWords } from "../../ui/inWords";

/** What of a person matters to how a date is said. */
export interface Reader {
  zone: string;
  locale: string;
  today: string;
}

/** A day, or a local time, as it stands in a task: "Tomorrow, 09:00". */
export function localInWords(local: string, { today, locale }: Reader): string {
  const [day = "", time = null] = local.split("T");
  return dueInWords(day, time?.slice(0, 5) ?? null, today, locale);
}

/** When a task is due where its reader is: that of another zone is at another time here. */
export function taskDueInWords(task: Task, { zone, today, locale }: Reader): string | null {
  const day = dayOf(task, zone);
  return day === null ? null : dueInWords(day, timeOf(task, zone), today, locale);
}

export const instantInWords = (moment: string, reader: Reader): string => localInWords(wallClock(new Date(moment), reader.zone), reader);
