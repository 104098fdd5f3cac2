import { expect, test } from "vitest";
import type { Entry } from "../../api/types";
import { deedInWords, differencesOf, isUndoable, taskOf, whoInWords } from "./inWords";
import { endOfDay, startOfDay } from "./instants";
import { verdictInWords } from "./verdict";

const entry = (fields: Partial<Entry>): Entry => ({
  id: "1", sequence: 1, type: "task.updated", subject: "task/t", time: "2026-11-20T09:41:07Z", title: "Pay the rent",
  tasks: [], actor: null, operation: null, changes: null, missed: null, ...fields,
});

const names = { list: (id: string) => (id === "home" ? "Home" : null), tag: () => "waiting", task: () => "The flat" };
const reader = { zone: "Europe/Berlin", today: "2026-11-20", locale: "en-GB" };

test("a deed names what it was done to", () => {
  expect(deedInWords(entry({ type: "task.completed" }), names, reader)).toBe("Completed “Pay the rent”");
  expect(deedInWords(entry({ type: "user.logged_in", title: "Alice" }), names, reader)).toBe("Logged in");
  expect(deedInWords(entry({ type: "comment.created", title: null, tasks: ["t"] }), names, reader)).toBe("Commented “The flat”");
});

test("what is skipped or only moved is called so", () => {
  expect(deedInWords(entry({ changes: { skipped_at: [null, "2026-11-20T09:41:07Z"], status: ["todo", "cancelled"] } }), names, reader)).toBe("Skipped “Pay the rent”");
  expect(deedInWords(entry({ changes: { position: ["a", "b"] } }), names, reader)).toBe("Moved “Pay the rent”");
});

test("the next occurrence tells what was missed before it", () => {
  const missed = { count: 3, slots: [], ordinals: [] };
  expect(deedInWords(entry({ type: "task.recurred", missed }), names, reader)).toBe("Brought the next occurrence of “Pay the rent” – 3 occurrences missed");
});

test("it is clear who did it", () => {
  const by = (via: "web" | "api" | "chat" | "mcp" | "system", token_name: string | null = null) =>
    whoInWords(entry({ actor: { user: "u", via, token: null, name: "Alice", token_name } }));
  expect([by("web"), by("api", "backup"), by("mcp", "helper"), by("chat"), by("system"), whoInWords(entry({}))]).toEqual([
    "You", "A program with “backup”", "An assistant with “helper”", "The chat, for you", "Taskora", "Taskora",
  ]);
});

test("what became different is said in words, before and after", () => {
  const changes = { due: [null, "2026-11-21T09:00:00"], list: ["home", "gone"], priority: ["none", "high"], version: [1, 2] } as const;
  expect(differencesOf(entry({ changes: changes as unknown as Entry["changes"] }), names, reader)).toEqual([
    { what: "Priority", before: "none", after: "high" },
    { what: "Due", before: "nothing", after: "Tomorrow, 09:00" },
    { what: "List", before: "Home", after: "a list that is gone" },
  ]);
});

test("what the deed says already is not said again", () => {
  const changes = { status: ["todo", "done"], completed_at: [null, "2026-11-20T09:41:07Z"] } as unknown as Entry["changes"];
  expect(differencesOf(entry({ type: "task.completed", changes }), names, reader)).toEqual([]);
  expect(differencesOf(entry({ changes: { status: ["todo", "in_progress"] } }), names, reader)).toEqual([{ what: "Status", before: "to do", after: "in progress" }]);
});

test("of what is new nothing is told apart", () => {
  expect(differencesOf(entry({ type: "task.created", changes: { title: [null, "Pay the rent"] } }), names, reader)).toEqual([]);
});

test("what was done to tasks and their company can be undone, logging in cannot", () => {
  expect(["task.deleted", "series.updated", "list.created", "comment.updated"].every((type) => isUndoable(entry({ type })))).toBe(true);
  expect(["user.logged_in", "reminder.due", "notification.read"].some((type) => isUndoable(entry({ type })))).toBe(false);
});

test("an entry leads to the task it is about", () => {
  expect([taskOf(entry({})), taskOf(entry({ subject: "comment/c", tasks: ["t"] })), taskOf(entry({ subject: "list/l" }))]).toEqual(["t", "t", null]);
});

test("a day begins when it does where the person is", () => {
  expect(startOfDay("2026-11-21", "Europe/Berlin")).toBe("2026-11-20T23:00:00.000Z");
  expect(startOfDay("2026-11-21", "Asia/Kolkata")).toBe("2026-11-20T18:30:00.000Z");
  expect(startOfDay("2026-10-25", "Europe/Berlin")).toBe("2026-10-24T22:00:00.000Z");
  expect(endOfDay("2026-10-25", "Europe/Berlin")).toBe("2026-10-25T23:00:00.000Z");
});

test("a verdict is a sentence", () => {
  const head = { sequence: 1234, hash: "0a1b2c3d4e5f60718293a4b5c6d7e8f9" };
  expect(verdictInWords({ ok: true, entries: 1234, head }, reader)).toBe("All 1,234 entries are as they were written.");
  expect(verdictInWords({ ok: false, first_bad: { sequence: 57, reason: "its content is not what was sealed" } }, reader)).toBe(
    "Entry 57 is not as it was written: its content is not what was sealed. Nothing after it can be trusted.",
  );
  expect(verdictInWords({ ok: true, entries: 1, head, removed: { sequence: 9, hash: "x", ends_at: "2025-11-01T00:00:00Z" } }, reader)).toBe(
    "The one entry is as it was written. What was before 1 Nov 2025 has been removed as too old.",
  );
});
