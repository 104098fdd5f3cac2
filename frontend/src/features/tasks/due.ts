/** Due dates: what stands in the two boxes, what is sent, and what a person reads. */
import type { Task } from "../../api/types";

export interface DueBoxes {
  date: string;
  time: string;
}

type Due = Pick<Task, "due" | "zone">;

export const hereZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

export function boxesOf({ due }: Pick<Task, "due">): DueBoxes {
  const [date = "", time = ""] = (due ?? "").split("T");
  return { date, time: time.replace(/^(\d\d:\d\d):00$/, "$1") };
}

/** A date with a time is meant on this wall's clock, unless the task already has one of its own. */
export function dueOf({ date, time }: DueBoxes, before: Due = { due: null, zone: null }): Due {
  if (date === "") return { due: null, zone: null };
  if (time === "") return { due: date, zone: null };
  const hadTime = before.due?.includes("T") ?? false;
  return { due: `${date}T${time.length === 5 ? `${time}:00` : time}`, zone: hadTime ? before.zone : hereZone() };
}

export function dueInWords({ due, zone, due_at }: Pick<Task, "due" | "zone" | "due_at">, now: Date): { text: string; late: boolean } {
  const { date, time } = boxesOf({ due });
  const elsewhere = zone !== null && zone !== hereZone() && time !== "" ? ` (${zone})` : "";
  const late = time === "" ? date < localDate(now) : new Date(due_at ?? `${date}T${time}`) < now;
  return { text: `${dayInWords(date, now)}${time === "" ? "" : `, ${time}`}${elsewhere}`, late };
}

function dayInWords(date: string, now: Date): string {
  const away = Math.round((Date.parse(date) - Date.parse(localDate(now))) / 86_400_000);
  if (away === 0) return "Today";
  if (away === 1) return "Tomorrow";
  if (away === -1) return "Yesterday";
  const sameYear = date.slice(0, 4) === localDate(now).slice(0, 4);
  return new Intl.DateTimeFormat("en-GB", {
    timeZone: "UTC",
    weekday: "short",
    day: "numeric",
    month: "short",
    ...(sameYear ? {} : { year: "numeric" }),
  }).format(new Date(date));
}

function localDate(now: Date): string {
  const two = (number: number) => String(number).padStart(2, "0");
  return `${String(now.getFullYear()).padStart(4, "0")}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
