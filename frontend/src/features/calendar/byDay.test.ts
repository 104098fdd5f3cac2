import { expect, test } from "vitest";
import type { Task } from "../../api/types";
import { byDay, dueOn } from "./byDay";
import { dayOf } from "../../data/days";

const task = (fields: Partial<Task>): Task => ({ id: "1", title: "A task", due: null, zone: null, due_at: null, priority: "none", position: "a", ...fields }) as Task;

test("another day keeps the time", () => {
  expect(dueOn(task({ due: "2026-11-21T09:30:00", zone: "Europe/Berlin", due_at: "2026-11-21T08:30:00Z" }), "2026-11-30", "Europe/Berlin")).toEqual({
    due: "2026-11-30T09:30:00",
    zone: "Europe/Berlin",
  });
});

test("an all-day task stays one, and an undated one becomes one", () => {
  expect(dueOn(task({ due: "2026-11-21" }), "2026-12-01", "Europe/Berlin")).toEqual({ due: "2026-12-01", zone: null });
  expect(dueOn(task({}), "2026-12-01", "Europe/Berlin")).toEqual({ due: "2026-12-01", zone: null });
});

test("what is due in another zone goes as many days on as it was dragged", () => {
  const tokyo = task({ due: "2026-11-22T07:00:00", zone: "Asia/Tokyo", due_at: "2026-11-21T22:00:00Z" });
  expect(dayOf(tokyo, "Europe/Berlin")).toBe("2026-11-21");

  expect(dueOn(tokyo, "2026-11-23", "Europe/Berlin")).toEqual({ due: "2026-11-24T07:00:00", zone: "Asia/Tokyo" });
});

test("a day has its tasks in the order of their times, those of the whole day last", () => {
  const clock = { zone: "Europe/Berlin" };
  const late = task({ id: "late", due: "2026-11-21T18:00:00", zone: "Europe/Berlin", due_at: "2026-11-21T17:00:00Z" });
  const early = task({ id: "early", due: "2026-11-21T08:00:00", zone: "Europe/Berlin", due_at: "2026-11-21T07:00:00Z" });
  const whole = task({ id: "whole", due: "2026-11-21" });
  const days = byDay([whole, late, early, task({ id: "never" })], clock, (one) => dayOf(one, clock.zone));

  expect([...days.keys()]).toEqual(["2026-11-21"]);
  expect(days.get("2026-11-21")?.map(({ id }) => id)).toEqual(["early", "late", "whole"]);
});
