import { expect, test } from "vitest";
import { asQuickAdd, patchOf, understoodOf, type Parsed } from "./understood";

const nothing: Parsed = {
  title: "Task",
  due_date: null,
  due_time: null,
  rrule: null,
  anchor: null,
  next: null,
  priority: null,
  hash: [],
  tags: [],
  reminders: [],
  spans: [],
};

test("a text is asked for behind a word, so that it is not taken for a title", () => {
  expect(asQuickAdd("  fri 9am ")).toBe("Task fri 9am");
});

test("a day and a time are a local time", () => {
  const said = understoodOf({ ...nothing, due_date: "2026-11-27", due_time: "09:00" }, "fri 9am");

  expect(said).toEqual({ due: "2026-11-27T09:00:00", recurrence: null, rest: "" });
});

test("a day alone stays a day", () => {
  expect(understoodOf({ ...nothing, due_date: "2026-11-27" }, "fri")?.due).toBe("2026-11-27");
});

test("what repeats is set with the day it begins", () => {
  const said = understoodOf({ ...nothing, due_date: "2026-11-21", rrule: "FREQ=DAILY;INTERVAL=3", anchor: "completion" }, "every! 3 days");

  expect(said && patchOf(said)).toEqual({
    due: "2026-11-21",
    recurrence: { rule: "FREQ=DAILY;INTERVAL=3", kind: "after_completion" },
  });
});

test("what was not understood, or is about something else, is said", () => {
  const said = understoodOf(
    { ...nothing, title: "Task blah", due_date: "2026-11-22", priority: "urgent", spans: [{ start: 5, end: 13, kind: "date", text: "tomorrow" }, { start: 14, end: 16, kind: "priority", text: "p1" }] },
    "tomorrow blah p1",
  );

  expect(said?.rest).toBe("blah p1");
});

test("a text without any date is not understood", () => {
  expect(understoodOf({ ...nothing, title: "Task nonsense" }, "nonsense")).toBeNull();
});
