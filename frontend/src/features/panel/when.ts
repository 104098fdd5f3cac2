/** Dates and moments in the words of whoever looks at them. */
import type { Task } from "../../api/types";
import { dayOf, timeOf, wallClock } from "../../data/days";
import { localInWords } from "../../ui/dateInWords";
import { dueInWords } from "../../ui/inWords";

/** What of a person matters to how a date is said. */
export interface Reader {
  zone: string;
  locale: string;
  today: string;
}

/** When a task is due where its reader is: that of another zone is at another time here. */
export function taskDueInWords(task: Task, { zone, today, locale }: Reader): string | null {
  const day = dayOf(task, zone);
  return day === null ? null : dueInWords(day, timeOf(task, zone), today, locale);
}

export const instantInWords = (moment: string, reader: Reader): string => localInWords(wallClock(new Date(moment), reader.zone), reader);
