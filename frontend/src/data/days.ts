/** The day and time that it is somewhere, and at which a task is due for its person. */
import type { Task } from "../api/types";
import type { Day } from "../time/calendarDays";

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

const weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

export const weekStartOf = (name: string): number => Math.max(0, weekdays.indexOf(name));
