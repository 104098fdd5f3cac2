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

/** A length of time as short as it may be said: "12 s", "3 min", "2 h 5 min", "1 day". */
export function lengthInWords(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  const days = Math.floor(hours / 24);
  return days === 1 ? "1 day" : `${days} days`;
}
