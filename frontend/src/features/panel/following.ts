/** Which occurrences follow the one that is open. */
import type { Task } from "../../api/types";

type Open = Pick<Task, "slot" | "due_at"> & { recurrence: { missed: "skip" | "each" } };

const MANY = 5;

/** What is asked for: a date where the slots are dates; an instant where they have a time, and then one more of them. */
export function askedFor({ slot, due_at, recurrence }: Open, now: Date, today: string): { after: string | null; count: number } {
  if (slot === null) return { after: null, count: MANY };
  const isEach = recurrence.missed === "each";
  if (!slot.includes("T")) return { after: isEach || slot > today ? slot : today, count: MANY };
  const late = isEach && due_at !== null && new Date(due_at) < now;
  return { after: late ? due_at : now.toISOString(), count: MANY + 1 };
}

/** Without the one that is open, which may be still to come. Without their offsets, as the clocks there show them. */
export function followingOf(occurrences: readonly string[], slot: string | null): string[] {
  const local = occurrences.map((occurrence) => occurrence.slice(0, 19));
  const begins = slot === null ? 0 : local.indexOf(slot.slice(0, 19)) + 1;
  return local.slice(begins, begins + MANY);
}
