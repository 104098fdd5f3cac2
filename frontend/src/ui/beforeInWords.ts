/** How long before something is due, or after: "30 minutes before", "1 day before at 18:00". */
import { countInWords, timeInWords } from "./inWords";

export function minutesBeforeInWords(minutes: number, locale: string): string {
  if (minutes === 0) return "When it is due";
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const parts = [hours > 0 ? countInWords(hours, "hour", locale) : "", rest > 0 ? countInWords(rest, "minute", locale) : ""];
  return `${parts.filter((part) => part !== "").join(" ")} ${minutes > 0 ? "before" : "after"}`;
}

/** `at`: null where it is at the time of day at which it is due, too. */
export function daysBeforeInWords(days: number, at: string | null, locale: string): string {
  const clock = at === null ? "" : ` at ${timeInWords(at, locale)}`;
  if (days === 0) return `On the day${clock}`;
  const length = Math.abs(days) % 7 === 0 ? countInWords(Math.abs(days) / 7, "week", locale) : countInWords(Math.abs(days), "day", locale);
  return `${length} ${days > 0 ? "before" : "after"}${clock}`;
}
