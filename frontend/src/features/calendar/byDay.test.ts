import { expect, test } from "vitest";
import type { Task } from "../../api/types";
import type { Known } from "../../data/shapes";
import { byDay, openBetween } from "./byDay";
import { dayOf } from "../../data/days";

const task = (fields: Partial<Task>): Task => ({ id: "1", title: "A task", due: null, zone: null, due_at: null, priority: "none", position: "a", ...fields }) as Task;

test("a day has its tasks in the order of their times, those of the whole day last", () => {
  const clock = { zone: "Europe/Berlin" };
  const late = task({ id: "late", due: "2026-11-21T18:00:00", zone: "Europe/Berlin", due_at: "2026-11-21T17:00:00Z" });
  const early = task({ id: "early", due: "2026-11-21T08:00:00", zone: "Europe/Berlin", due_at: "2026-11-21T07:00:00Z" });
  const whole = task({ id: "whole", due: "2026-11-21" });
  const days = byDay([whole, late, early, task({ id: "never" })], clock, (one) => dayOf(one, clock.zone));

  expect([...days.keys()]).toEqual(["2026-11-21"]);
  expect(days.get("2026-11-21")?.map(({ id }) => id)).toEqual(["early", "late", "whole"]);
});

test("of what is open, only the shown days are filed, and the one that is looked at", () => {
  const tasks = [task({ id: "before", due: "2026-10-25" }), task({ id: "first", due: "2026-10-26" }), task({ id: "done", due: "2026-11-01", status: "done" }), task({ id: "beside", due: "2027-03-01" }), task({ id: "never" })];
  const known = { task: new Map(tasks.map((each) => [each.id, each])) } as unknown as Known;

  const found = openBetween(known, { zone: "UTC" }, { from: "2026-10-26", to: "2026-12-06", beside: "2027-03-01" });

  expect(found.map(({ id }) => id)).toEqual(["first", "beside"]);
});
