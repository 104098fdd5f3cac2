import { expect, test } from "vitest";
import { ordered, type Step } from "./order";
import { aTask } from "./tasksForTests";
import type { Task } from "../api/types";

const clock = { zone: "Europe/Berlin" };

const sorted = (tasks: readonly Task[], ...steps: Step[]) => ordered(tasks, steps, clock).map(({ id }) => id).join(" ");
const up = (order: Step["order"]): Step => ({ order, down: false });
const down = (order: Step["order"]): Step => ({ order, down: true });

test("what has no date comes last in either direction, and equals stand in the manual order", () => {
  const tasks = [aTask({ id: "none", position: "a0" }), aTask({ id: "b", due: "2026-11-22", position: "a2" }), aTask({ id: "a", due: "2026-11-22", position: "a1" }), aTask({ id: "early", due: "2026-11-20" })];

  expect(sorted(tasks, up("due"))).toBe("early a b none");
  expect(sorted(tasks, down("due"))).toBe("a b early none");
});

test("of one day, what has a time comes before what has all of it, and the other way round", () => {
  const tasks = [aTask({ id: "whole", due: "2026-11-22" }), aTask({ id: "nine", due: "2026-11-22T09:00:00" }), aTask({ id: "eight", due: "2026-11-22T08:00:00" }), aTask({ id: "never" })];

  expect(sorted(tasks, up("due"))).toBe("eight nine whole never");
  expect(sorted(tasks, down("due"))).toBe("whole nine eight never");
});

test("one key after the other decides, each up or down", () => {
  const tasks = [
    aTask({ id: "low late", priority: "low", due: "2026-11-25" }),
    aTask({ id: "low early", priority: "low", due: "2026-11-21" }),
    aTask({ id: "urgent", priority: "urgent" }),
    aTask({ id: "low never", priority: "low" }),
  ];

  expect(sorted(tasks, down("priority"), up("due"))).toBe("urgent low early low late low never");
  expect(sorted(tasks, down("priority"), down("due"))).toBe("urgent low late low early low never");
  expect(sorted(tasks, up("priority"), down("due"))).toBe("low late low early low never urgent");
});

test("what was completed last comes first, and what is open last", () => {
  const tasks = [aTask({ id: "open" }), aTask({ id: "first", completed_at: "2026-11-20T10:00:00Z" }), aTask({ id: "last", completed_at: "2026-11-21T10:00:00Z" })];

  expect(sorted(tasks, down("completed"))).toBe("last first open");
  expect(sorted(tasks, up("completed"))).toBe("first last open");
});

test("titles are compared as the server does", () => {
  const tasks = [aTask({ id: "1", title: "banana" }), aTask({ id: "2", title: "Apple" }), aTask({ id: "3", title: "apple", priority: "high" })];

  expect(sorted(tasks, up("title"), down("priority"))).toBe("3 2 1");
});
