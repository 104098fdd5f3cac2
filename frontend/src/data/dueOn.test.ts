import { expect, test } from "vitest";
import { dayOf } from "./days";
import { byOwnDay, dueOn } from "./dueOn";
import { aTask } from "./tasksForTests";

test("another day keeps the time", () => {
  expect(dueOn(aTask({ id: "a",  due: "2026-11-21T09:30:00", zone: "Europe/Berlin", due_at: "2026-11-21T08:30:00Z" }), "2026-11-30", "Europe/Berlin")).toEqual({
    due: "2026-11-30T09:30:00",
    zone: "Europe/Berlin",
  });
});

test("an all-day task stays one, and an undated one becomes one", () => {
  expect(dueOn(aTask({ id: "a",  due: "2026-11-21" }), "2026-12-01", "Europe/Berlin")).toEqual({ due: "2026-12-01", zone: null });
  expect(dueOn(aTask({ id: "a" }), "2026-12-01", "Europe/Berlin")).toEqual({ due: "2026-12-01", zone: null });
});

test("what is due in another zone goes as many days on as it was dragged", () => {
  const tokyo = aTask({ id: "a",  due: "2026-11-22T07:00:00", zone: "Asia/Tokyo", due_at: "2026-11-21T22:00:00Z" });
  expect(dayOf(tokyo, "Europe/Berlin")).toBe("2026-11-21");

  expect(dueOn(tokyo, "2026-11-23", "Europe/Berlin")).toEqual({ due: "2026-11-24T07:00:00", zone: "Asia/Tokyo" });
});

test("several go to a day of their own zones each, so that it is one day here", () => {
  const tasks = [
    aTask({ id: "here", due: "2026-11-21T09:00:00" }),
    aTask({ id: "whole" }),
    aTask({ id: "tokyo", due: "2026-11-22T07:00:00", zone: "Asia/Tokyo", due_at: "2026-11-21T22:00:00Z" }),
    aTask({ id: "noon", due: "2026-11-22T20:00:00", zone: "Asia/Tokyo", due_at: "2026-11-22T11:00:00Z" }),
  ];

  expect([...byOwnDay(tasks, "2026-11-23", "Europe/Berlin")]).toEqual([
    ["2026-11-23", ["here", "whole", "noon"]],
    ["2026-11-24", ["tokyo"]],
  ]);
});
