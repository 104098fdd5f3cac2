import { expect, test } from "vitest";
import type { Task } from "../../api/types";
import { byDay } from "./byDay";
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
