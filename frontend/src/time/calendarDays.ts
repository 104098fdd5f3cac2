/** Days as the calendar counts them: "2026-11-21", of no zone, so that no clock change can move one. */
export type Day = string;

const LENGTH = 86_400_000;

const instant = (day: Day): number => Date.parse(`${day}T00:00:00Z`);
const written = (at: number): Day => new Date(at).toISOString().slice(0, 10);

export const addDays = (day: Day, days: number): Day => written(instant(day) + days * LENGTH);

export const daysBetween = (from: Day, to: Day): number => Math.round((instant(to) - instant(from)) / LENGTH);

/** 0 is Sunday. */
export const weekday = (day: Day): number => new Date(instant(day)).getUTCDay();

export const monthOf = (day: Day): string => day.slice(0, 7);

export function daysIn(month: string): number {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number, 0)).getUTCDate();
}

/** The same day of another month, or its last one where it has no such day. */
export function addMonths(day: Day, months: number): Day {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const target = written(Date.UTC(year, month - 1 + months, 1)).slice(0, 7);
  return `${target}-${String(Math.min(date, daysIn(target))).padStart(2, "0")}`;
}

export const startOfWeek = (day: Day, weekStart: number): Day => addDays(day, -((weekday(day) - weekStart + 7) % 7));

/** The first such weekday after this day, never the day itself. */
export const nextWeekday = (day: Day, wanted: number): Day => addDays(day, ((wanted - weekday(day) + 6) % 7) + 1);

/** The whole weeks that a month touches. */
export function weeksOf(month: string, weekStart: number): readonly (readonly Day[])[] {
  const last = `${month}-${String(daysIn(month))}`;
  const weeks: Day[][] = [];
  for (let monday = startOfWeek(`${month}-01`, weekStart); monday <= last; monday = addDays(monday, 7)) {
    weeks.push(Array.from({ length: 7 }, (_, place) => addDays(monday, place)));
  }
  return weeks;
}

/** ISO 8601: the week that has the year's first Thursday is its first. */
export function weekNumber(day: Day): number {
  const thursday = addDays(startOfWeek(day, 1), 3);
  return Math.floor(daysBetween(`${thursday.slice(0, 4)}-01-01`, thursday) / 7) + 1;
}
