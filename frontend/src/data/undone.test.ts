import { expect, test } from "vitest";
import type { Entry } from "../api/types";
import type { Effect, Known } from "./shapes";
import { aList, aTask } from "./tasksForTests";
import { undone } from "./undone";

const DONE = "2026-11-21T10:00:00+00:00";

function holding(things: Partial<Record<"task" | "list" | "tag", { id: string }[]>>): Known {
  const map = (kind: "task" | "list" | "tag") => new Map((things[kind] ?? []).map((one) => [one.id, one]));
  return { task: map("task"), list: map("list"), tag: map("tag"), filter: new Map(), comment: new Map() } as unknown as Known;
}

let sequence = 0;
function told(type: string, subject: string, changes: Entry["changes"]): Entry {
  sequence += 1;
  return { id: `${subject}@${sequence}`, sequence, type, subject, time: DONE, title: null, tasks: [], actor: null, operation: "o", changes, missed: null };
}

const set = (kind: "task" | "list", id: string, fields: Record<string, unknown>): Effect => ({ do: "set", kind, id, fields });

test("what was completed is open again, and what was changed is as it was", () => {
  const known = holding({
    task: [aTask({ id: "bread", status: "done", completed_at: DONE }), aTask({ id: "milk", title: "Milk!", due: "2026-11-22", due_at: "2026-11-22T00:00:00Z", tags: [] })],
    list: [aList({ id: "home", name: "Home" })],
    tag: [{ id: "shop" }],
  });

  const completed = told("task.completed", "task/bread", { status: ["in_progress", "done"], completed_at: [null, DONE], version: [1, 2], updated_at: ["then", DONE] });
  expect(undone([completed], known)).toEqual([set("task", "bread", { status: "in_progress", completed_at: null })]);

  const changed = told("task.updated", "task/milk", { title: ["Milk", "Milk!"], due: [null, "2026-11-22"], due_at: [null, "2026-11-22T01:00:00Z"], tags: [["shop"], []] });
  expect(undone([changed], known)).toEqual([set("task", "milk", { title: "Milk", due: null, due_at: null, tags: ["shop"] })]);

  const renamed = told("list.updated", "list/home", { name: ["House", "Home"] });
  expect(undone([renamed], known)).toEqual([set("list", "home", { name: "House" })]);
});

test("all that was done at once is, as far as it is known; what was done twice to one thing is as it was at first", () => {
  const known = holding({ task: [aTask({ id: "bread", priority: "high" }), aTask({ id: "milk", priority: "high" })] });
  const first = told("task.updated", "task/bread", { priority: ["none", "low"] });
  const then = told("task.updated", "task/bread", { priority: ["low", "high"] });
  const other = told("task.updated", "task/milk", { priority: ["low", "high"] });
  const unheld = told("task.updated", "task/eggs", { priority: ["low", "high"] });

  expect(undone([unheld, other, then, first], known)).toEqual([set("task", "bread", { priority: "none" }), set("task", "milk", { priority: "low" })]);
});

test("of a snooze the reminders are as they were", () => {
  const ring = { id: "r", kind: "absolute", at: "2026-11-21T09:00:00" } as const;
  const again = { id: "s", kind: "snooze", at: "2026-11-21T10:00:00Z", of: "r" } as const;
  const known = holding({ task: [aTask({ id: "bread", reminders: [ring, again] })] });

  const both = [told("task.updated", "task/bread", { reminders: [[ring], [ring, again]] }), told("reminder.snoozed", "task/bread", null)];

  expect(undone(both, known)).toEqual([set("task", "bread", { reminders: [ring] })]);
});

test.each<[string, Entry]>([
  ["was changed since, which is refused", told("task.updated", "task/bread", { title: ["Loaf", "Roll"] })],
  ["came into being", told("task.created", "task/bread", null)],
  ["was deleted", told("task.deleted", "task/bread", null)],
  ["brought the next of a series", told("task.completed", "task/repeating", { status: ["todo", "done"], completed_at: [null, DONE] })],
  ["was opened, with others perhaps", told("task.reopened", "task/bread", { status: ["done", "todo"], completed_at: [DONE, null] })],
  ["went elsewhere, with others perhaps", told("task.updated", "task/bread", { title: ["Loaf", "Bread"], list: ["home", "inbox"] })],
  ["had a tag that is gone", told("task.updated", "task/bread", { tags: [["gone"], []] })],
])("of what %s nothing is shown before the server says it", (_, entry) => {
  const repeating = aTask({ id: "repeating", status: "done", completed_at: DONE, series: "s" });
  const known = holding({ task: [aTask({ id: "bread", title: "Bread", list: "inbox" }), aTask({ id: "milk", priority: "high" }), repeating] });
  const beside = told("task.updated", "task/milk", { priority: ["low", "high"] });

  expect(undone([beside, entry], known)).toEqual([]);
});
