/**
 * A recurrence rule as controls can show it, and as RFC 5545 writes it.
 *
 * Only what a rule says is read here; which days it comes to is computed by the server alone.
 */
import type { Day } from "../time/calendarDays";

export const WEEKDAYS = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export const WORKDAYS: readonly Weekday[] = ["MO", "TU", "WE", "TH", "FR"];

export const UNITS = ["hour", "day", "week", "month", "year"] as const;
export type Unit = (typeof UNITS)[number];

export type Nth = 1 | 2 | 3 | 4 | 5 | -1;

/** Which days of a month: some dates, -1 being the last; or the third Friday; or the last workday. */
export type Place = { by: "dates"; dates: readonly number[] } | { by: "weekday"; nth: Nth; weekday: Weekday | "workday" };

export type End = { by: "never" } | { by: "date"; day: Day } | { by: "count"; times: number };

export interface Plan {
  unit: Unit;
  every: number;
  /** Of a week. */
  weekdays: readonly Weekday[];
  /** Of a month or a year. */
  place: Place;
  /** Of a year, from 1. */
  month: number;
  end: End;
  /** What day weeks begin with, where a rule says so: it decides what every second week is. */
  weekStart: Weekday | null;
}

const FREQUENCIES: Record<Unit, string> = { hour: "HOURLY", day: "DAILY", week: "WEEKLY", month: "MONTHLY", year: "YEARLY" };
const SAFE_DATE = 28; // every month has it

/** A plan that falls on the day it starts with, whatever its unit is made. */
export function planFrom(start: Day, unit: Unit): Plan {
  const [, month = 1, date = 1] = start.slice(0, 10).split("-").map(Number);
  const weekday = weekdayOf(start);
  return { unit, every: 1, weekdays: [weekday], place: { by: "dates", dates: [date] }, month, end: { by: "never" }, weekStart: null };
}

/** While somebody chooses there may be no day yet, and nothing to save. */
export function hasDays({ unit, weekdays, place }: Plan): boolean {
  if (unit === "week") return weekdays.length > 0;
  const isOfMonths = unit === "month" || unit === "year";
  return !isOfMonths || place.by === "weekday" || place.dates.length > 0;
}

export const weekdayOf = (start: string): Weekday => WEEKDAYS[new Date(`${start.slice(0, 10)}T00:00:00Z`).getUTCDay()] ?? "MO";

export function writeRule(plan: Plan): string {
  const parts = [`FREQ=${FREQUENCIES[plan.unit]}`];
  const add = (name: string, value: string | number) => parts.push(`${name}=${value}`);
  if (plan.every > 1) add("INTERVAL", plan.every);
  if (plan.unit === "week") add("BYDAY", inOrder(plan.weekdays).join(","));
  if (plan.unit === "month" || plan.unit === "year") {
    if (plan.unit === "year") add("BYMONTH", plan.month);
    if (plan.place.by === "dates") add("BYMONTHDAY", datesInOrder(plan.place.dates).join(","));
    else if (plan.place.weekday === "workday") parts.push(`BYDAY=${WORKDAYS.join(",")}`, `BYSETPOS=${plan.place.nth}`);
    else add("BYDAY", `${plan.place.nth}${plan.place.weekday}`);
    if (plan.place.by === "dates" && plan.place.dates.some((date) => date > SAFE_DATE)) parts.push("RSCALE=GREGORIAN", "SKIP=BACKWARD");
  }
  if (plan.weekStart !== null) add("WKST", plan.weekStart);
  if (plan.end.by === "count") add("COUNT", plan.end.times);
  if (plan.end.by === "date") add("UNTIL", plan.end.day.replaceAll("-", ""));
  return parts.join(";");
}

/** null: the rule says something that there are no controls for. */
export function readRule(rule: string, start: string): Plan | null {
  const said = new Map(rule.toUpperCase().split(";").map((part) => part.split("=", 2) as [string, string | undefined]));
  const take = (name: string): string | null => {
    const value = said.get(name);
    said.delete(name);
    return value ?? null;
  };
  const frequency = take("FREQ");
  const unit = UNITS.find((each) => FREQUENCIES[each] === frequency);
  const end = readEnd(take("COUNT"), take("UNTIL"));
  const weekStart = take("WKST");
  take("RSCALE");
  take("SKIP");
  if (unit === undefined || end === null || (weekStart !== null && !isWeekday(weekStart))) return null;
  const plan: Plan = { ...planFrom(start, unit), every: Number(take("INTERVAL") ?? 1), end, weekStart };
  const filled = fillDays(plan, { month: take("BYMONTH"), dates: take("BYMONTHDAY"), days: take("BYDAY"), position: take("BYSETPOS") });
  return said.size > 0 ? null : filled;
}

type Said = Record<"month" | "dates" | "days" | "position", string | null>;

function fillDays(plan: Plan, { month, dates, days, position }: Said): Plan | null {
  const weekdays = listed(days ?? "");
  const isOfMonths = plan.unit === "month" || plan.unit === "year";
  if (!isOfMonths && (month !== null || dates !== null || position !== null)) return null;
  switch (plan.unit) {
    case "hour":
      return days === null ? plan : null;
    case "day":
      if (days === null) return plan;
      return plan.every === 1 && weekdays.every(isWeekday) ? { ...plan, unit: "week", weekdays } : null;
    case "week":
      return days === null ? plan : weekdays.every(isWeekday) ? { ...plan, weekdays } : null;
    case "month":
      return month === null ? fillPlace(plan, dates, days, position) : null;
    case "year":
      if (month === null) return days === null ? fillPlace(plan, dates, days, position) : null;
      return /^\d+$/.test(month) ? fillPlace({ ...plan, month: Number(month) }, dates, days, position) : null;
  }
}

function fillPlace(plan: Plan, dates: string | null, days: string | null, position: string | null): Plan | null {
  if (days === null) {
    if (position !== null) return null;
    if (dates === null) return plan;
    const numbers = listed(dates).map(Number);
    return numbers.every((date) => date >= -1) ? { ...plan, place: { by: "dates", dates: numbers } } : null;
  }
  if (dates !== null) return null;
  if (position !== null) {
    const isWorkdays = inOrder(days.split(",").filter(isWeekday)).join() === WORKDAYS.join() && isNth(Number(position));
    return isWorkdays ? { ...plan, place: { by: "weekday", nth: Number(position) as Nth, weekday: "workday" } } : null;
  }
  const [, nth = "", weekday = ""] = /^([+-]?\d)([A-Z]{2})$/.exec(days) ?? [];
  return isWeekday(weekday) && isNth(Number(nth)) ? { ...plan, place: { by: "weekday", nth: Number(nth) as Nth, weekday } } : null;
}

/** An end at an instant was written elsewhere, and stays in words. */
function readEnd(count: string | null, until: string | null): End | null {
  if (count !== null) return { by: "count", times: Number(count) };
  if (until === null) return { by: "never" };
  return /^\d{8}$/.test(until) ? { by: "date", day: `${until.slice(0, 4)}-${until.slice(4, 6)}-${until.slice(6)}` } : null;
}

/** A list may be empty while somebody chooses. */
const listed = (text: string): string[] => (text === "" ? [] : text.split(","));

const isWeekday = (text: string): text is Weekday => (WEEKDAYS as readonly string[]).includes(text);

const isNth = (number: number): number is Nth => [1, 2, 3, 4, 5, -1].includes(number);

const WRITTEN_FROM = 1; // Monday, as the server writes them

const inOrder = (weekdays: readonly Weekday[]): readonly Weekday[] =>
  [...new Set(weekdays)].sort((one, other) => place(one) - place(other));

const place = (weekday: Weekday): number => (WEEKDAYS.indexOf(weekday) + 7 - WRITTEN_FROM) % 7;

/** The last day comes last. */
const datesInOrder = (dates: readonly number[]): readonly number[] =>
  [...new Set(dates)].sort((one, other) => (one < 0 ? 32 : one) - (other < 0 ? 32 : other));
