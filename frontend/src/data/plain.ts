import type { NewTask, Task } from "../api/types";

type Own = "id" | "title" | "list" | "position" | "created_at" | "updated_at" | "version";

/** What every task has of which nothing else was said. */
const plain: Omit<Task, Own> = {
  notes: "",
  status: "todo",
  priority: "none",
  due: null,
  zone: null,
  due_at: null,
  start: null,
  parent: null,
  tags: [],
  reminders: [],
  completed_at: null,
  series: null,
  slot: null,
  ordinal: null,
  follows: null,
  skipped_at: null,
  recurrence: null,
};

/** A new task as it will be, more or less, once the server has it. */
export function imagined({ recurrence, reminders, ...said }: NewTask, list: string, now: Date): Task {
  const instant = now.toISOString();
  return {
    ...plain,
    list,
    position: lastPlace(now),
    ...said,
    recurrence: recurrence == null ? null : imaginedRecurrence(recurrence, said.due ?? null),
    reminders: (reminders ?? []) as Task["reminders"],
    created_at: instant,
    updated_at: instant,
    version: 0,
  };
}

export function imaginedRecurrence({ rule, kind, missed, zone }: NonNullable<NewTask["recurrence"]>, due: string | null): NonNullable<Task["recurrence"]> {
  return { rule, kind: kind ?? "fixed", missed: missed ?? "skip", zone: zone ?? null, start: due ?? "", state: "active" };
}

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** Behind all others, as the server makes it: the key is the time. */
export function lastPlace(now: Date): string {
  let left = now.getTime();
  let digits = "";
  for (let place = 0; place < 8; place++) {
    digits = (DIGITS[left % 62] ?? "") + digits;
    left = Math.floor(left / 62);
  }
  return `h${digits}`;
}
