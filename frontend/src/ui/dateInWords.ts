/** What was made of a date that somebody typed. */
import { dueInWords } from "./inWords";
import * as say from "./words";

interface Reader {
  locale: string;
  today: string;
}

interface Read {
  due: string;
  recurrence: object | null;
  /** What was not understood. */
  rest: string;
}

/** A day, or a local time, as it stands in a task: "Tomorrow, 09:00". */
export function localInWords(local: string, { today, locale }: Reader): string {
  const [day = "", time = null] = local.split("T");
  return dueInWords(day, time?.slice(0, 5) ?? null, today, locale);
}

/** null: nothing was understood. undefined: it is not known yet. */
export function readInWords(read: Read | null | undefined, trouble: string | null, reader: Reader): string {
  if (trouble !== null) return say.calendarWorks(trouble);
  if (read === undefined) return "";
  if (read === null) return say.noDateUnderstood;
  const when = say.repeatsFrom(read.recurrence === null, localInWords(read.due, reader));
  return read.rest === "" ? say.enterSavesIt(when) : say.partlyUnderstood(when, read.rest);
}
