/** Days as they stand on a calendar, without a clock: 2026-11-21. And the day and time at which a task is due for its person. */
import type { Task } from "../api/types";

export type Day = string;
type Due = Pick<Task, "due" | "zone" | "due_at">;

/** Of a person: where they are decides what is today. */
export interface Clock {
  zone: string;
  today: Day;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatIn(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  formats.set(zone, made);
  return made;
}

/** What a clock on the wall shows there: 2026-11-21T09:30. */
export function wallClock(instant: Date, zone: string): string {
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
  for (const { type, value } of formatIn(zone).formatToParts(instant)) parts[type] = value;
  return `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}`;
}

export const dayAt = (instant: Date, zone: string): Day => wallClock(instant, zone).slice(0, 10);

export const hasTime = ({ due }: Pick<Task, "due">): boolean => due?.includes("T") ?? false;

/** A task that is due at a time of another zone is due on the day that it is here by then. */
function hereDue({ due, zone, due_at }: Due, here: string): string | null {
  if (due === null || zone === null || zone === here || due_at === null || !due.includes("T")) return due;
  return wallClock(new Date(due_at), here);
}

export const dayOf = (task: Due, zone: string): Day | null => hereDue(task, zone)?.slice(0, 10) ?? null;

export function timeOf(task: Due, zone: string): string | null {
  const [, time] = hereDue(task, zone)?.split("T") ?? [];
  return time?.slice(0, 5) ?? null;
}

/** A day is over when it ended; a time, when it has passed. */
export function isOverdue(task: Due, { zone, today }: Clock, now: Date): boolean {
  const day = dayOf(task, zone);
  if (day === null) return false;
  if (day !== today || !hasTime(task)) return day < today;
  return `${day}T${timeOf(task, zone)}` < wallClock(now, zone);
}

const noon = (day: Day): Date => new Date(`${day}T12:00:00Z`);
const asDay = (date: Date): Day => date.toISOString().slice(0, 10);

export function addDays(day: Day, count: number): Day {
  const date = noon(day);
  date.setUTCDate(date.getUTCDate() + count);
  return asDay(date);
}

export const daysBetween = (from: Day, to: Day): number => Math.round((noon(to).getTime() - noon(from).getTime()) / 86_400_000);

/** 0 is Sunday. */
export const weekday = (day: Day): number => noon(day).getUTCDay();

export const startOfWeek = (day: Day, weekStart: number): Day => addDays(day, -((weekday(day) - weekStart + 7) % 7));

export const monthOf = (day: Day): string => day.slice(0, 7);

export function addMonths(month: string, count: number): string {
  const date = noon(`${month}-01`);
  date.setUTCMonth(date.getUTCMonth() + count);
  return asDay(date).slice(0, 7);
}

/** The whole weeks in which a month lies. */
export function weeksOf(month: string, weekStart: number): Day[][] {
  const weeks: Day[][] = [];
  const next = `${addMonths(month, 1)}-01`;
  for (let first = startOfWeek(`${month}-01`, weekStart); first < next; first = addDays(first, 7)) {
    weeks.push(Array.from({ length: 7 }, (_, index) => addDays(first, index)));
  }
  return weeks;
}

const weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

export const weekStartOf = (name: string): number => Math.max(0, weekdays.indexOf(name));
