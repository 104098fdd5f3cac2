/** Reminders that new tasks get, as choices of a select: each has a value that says it whole, and words. */
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
export function timedChoices(current: TimedReminder | null): Choice<TimedReminder | null>[] {
  const offered = timed.map((reminder) => ({ value: valueOf(reminder), words: timedInWords(reminder), reminder }));
  const isOffered = offered.some(({ words }) => words === timedInWords(current));
  return isOffered ? offered : [...offered, { value: valueOf(current), words: timedInWords(current), reminder: current }];
}

/** The one of them that is set: the order of what JSON holds is nobody's promise. */
export const chosenOf = <T extends TimedReminder | null>(choices: readonly Choice<T>[], current: TimedReminder | null): string =>
  choices.find(({ words }) => words === timedInWords(current))?.value ?? "";

export function dayChoices(current: number | null): { value: string; words: string }[] {
  const offered = current === null || days.includes(current) ? days : [...days, current].sort((a, b) => a - b);
  return [{ value: "", words: "None" }, ...offered.map((count) => ({ value: String(count), words: daysInWords(count) }))];
}

export function timedInWords(reminder: TimedReminder | null): string {
  if (reminder === null) return "None";
  if (reminder.kind === "before") return minutesInWords(reminder.minutes);
  return `${daysInWords(reminder.days)}${reminder.at === null ? ", at the same time" : ` at ${reminder.at.slice(0, 5)}`}`;
}

function minutesInWords(minutes: number): string {
  if (minutes === 0) return "When it is due";
  const length = Math.abs(minutes);
  const words = length % 60 === 0 ? many(length / 60, "hour") : many(length, "minute");
  return `${words} ${minutes < 0 ? "after" : "before"}`;
}

function daysInWords(count: number): string {
  if (count === 0) return "On the day";
  const length = Math.abs(count);
  const words = length % 7 === 0 ? many(length / 7, "week") : many(length, "day");
  return `${words} ${count < 0 ? "after" : "before"}`;
}

const many = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;
