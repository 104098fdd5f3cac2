import { describe, expect, test } from "vitest";
import { deedInWords, differencesOf, isTold, isUndoable, whoInWords, type Names } from "./activityInWords";
import type { Entry } from "../../api/types";
import type { Reader } from "./when";

const reader: Reader = { zone: "Europe/Berlin", locale: "en-GB", today: "2026-11-21" };
const names: Names = { list: (id) => `list ${id}`, tag: (id) => `tag ${id}`, task: (id) => `task ${id}` };

const entry = (type: string, changes: Entry["changes"] = {}, actor: Partial<NonNullable<Entry["actor"]>> = {}): Entry => ({
  id: "e",
  sequence: 1,
  type,
  subject: "task/1",
  time: "2026-11-21T10:00:00Z",
  title: "Rent",
  tasks: [],
  actor: { user: "u", via: "web", token: null, name: "Alice", token_name: null, ...actor },
  operation: "o",
  changes,
  missed: null,
});

const told = (changes: Entry["changes"]) => differencesOf(entry("task.updated", changes), names, reader).map(({ what, before, after }) => `${what}: ${before} → ${after}`);

describe("what changed is told before and after", () => {
  test.each<[NonNullable<Entry["changes"]>, string[]]>([
    [{ title: ["Milk", "Oat milk"] }, ["Title: “Milk” → “Oat milk”"]],
    [{ priority: ["none", "high"], status: ["todo", "in_progress"] }, ["Status: to do → in progress", "Priority: none → high"]],
    [{ due: [null, "2026-11-22T09:00:00"] }, ["Due: none → Tomorrow, 09:00"]],
    [{ due: ["2026-11-22", null] }, ["Due: Tomorrow → none"]],
    [{ list: ["1", "2"] }, ["List: list 1 → list 2"]],
    [{ parent: [null, "3"] }, ["Part of: none → “task 3”"]],
    [{ tags: [[], ["1", "2"]] }, ["Tags: none → tag 1, tag 2"]],
    [{ notes: ["", "a".repeat(100)] }, [`Notes: empty → “${"a".repeat(80)}…”`]],
    [{ reminders: [[], [{ id: "r", kind: "before", minutes: 30 }]] }, ["Reminders: none → 30 minutes before"]],
    [{ recurrence: [null, { rule: "FREQ=DAILY" }] }, ["Repeats: no → yes"]],
    [{ position: ["a", "b"], completed_at: [null, "2026-11-21T10:00:00Z"] }, []],
  ])("%j", (changes, expected) => {
    expect(told(changes)).toEqual(expected);
  });
});

test("what only begins or ends needs no before and after", () => {
  expect(differencesOf(entry("task.deleted", { deleted: [false, true] }), names, reader)).toEqual([]);
});

test("a move and a skip are called so", () => {
  expect(deedInWords(entry("task.updated", { position: ["a", "b"] }))).toBe("Moved");
  expect(deedInWords(entry("task.updated", { skipped_at: [null, "2026-11-21T10:00:00Z"], status: ["todo", "cancelled"] }))).toBe("Skipped");
  expect(deedInWords(entry("task.updated", { title: ["a", "b"], position: ["a", "b"] }))).toBe("Changed");
});

test("whoever did it is named", () => {
  expect(whoInWords(entry("task.updated"))).toBe("you");
  expect(whoInWords(entry("task.updated", {}, { via: "api", token_name: "Backup script" }))).toBe("Backup script");
  expect(whoInWords(entry("task.updated", {}, { via: "mcp" }))).toBe("an agent");
  expect(whoInWords({ ...entry("task.recurred"), actor: null })).toBe("Taskora");
});

test("notifications are not told, reminders cannot be undone", () => {
  expect(isTold(entry("notification.created"))).toBe(false);
  expect(isTold(entry("reminder.due"))).toBe(true);
  expect(isUndoable(entry("reminder.due"))).toBe(false);
  expect(isUndoable(entry("comment.deleted"))).toBe(true);
});
