/** Reminders that new tasks get, as choices of a select: each has a value that says it whole, and words. */
import { daysBeforeInWords, minutesBeforeInWords } from "../../../ui/beforeInWords";
import type { DayReminder, TimedReminder } from "../types";

export interface Choice<T> {
  value: string;
  words: string;
  reminder: T;
}

const timed: readonly (TimedReminder | null)[] = [
  null,
  ...[0, 5, 10, 15, 30, 60, 120].map((minutes) => ({ kind: "before" as const, minutes })),
  { kind: "days_before", days: 1, at: null },
  { kind: "days_before", days: 1, at: "18:00" },
];

const days = [0, 1, 2, 7];

const valueOf = (reminder: TimedReminder | DayReminder | null): string => (reminder === null ? "" : JSON.stringify(reminder));

/** What is set now is among them, also if another program set it to something that is not offered here. */
export function timedChoices(current: TimedReminder | null, locale: string): Choice<TimedReminder | null>[] {
  const offered = timed.map((reminder) => ({ value: valueOf(reminder), words: timedInWords(reminder, locale), reminder }));
  const isOffered = offered.some(({ words }) => words === timedInWords(current, locale));
  return isOffered ? offered : [...offered, { value: valueOf(current), words: timedInWords(current, locale), reminder: current }];
}

/** The one of them that is set: the order of what JSON holds is nobody's promise. */
export const chosenOf = <T extends TimedReminder | null>(choices: readonly Choice<T>[], current: TimedReminder | null, locale: string): string =>
  choices.find(({ words }) => words === timedInWords(current, locale))?.value ?? "";

export function dayChoices(current: number | null, locale: string): { value: string; words: string }[] {
  const offered = current === null || days.includes(current) ? days : [...days, current].sort((a, b) => a - b);
  return [{ value: "", words: "None" }, ...offered.map((count) => ({ value: String(count), words: daysBeforeInWords(count, null, locale) }))];
}

function timedInWords(reminder: TimedReminder | null, locale: string): string {
  if (reminder === null) return "None";
  if (reminder.kind === "before") return minutesBeforeInWords(reminder.minutes, locale);
  return `${daysBeforeInWords(reminder.days, reminder.at, locale)}${reminder.at === null ? ", at the same time" : ""}`;
}
