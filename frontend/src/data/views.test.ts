import { expect, test } from "vitest";
import type { Task } from "../api/types";
import { Shelf } from "./Shelf";
import { aTask } from "./tasksForTests";
import { openCounts, ordered } from "./views";

const clock = { zone: "Europe/Berlin", today: "2026-11-21" };

function holding(...tasks: Task[]) {
  const shelf = new Shelf();
  for (const task of tasks) shelf.learn("task", task);
  return shelf.known;
}

const ids = (tasks: readonly Task[]) => tasks.map(({ id }) => id);

test("what has no date comes last in either direction, and equals stand in the manual order", () => {
  const tasks = [aTask({ id: "none", position: "a0" }), aTask({ id: "b", due: "2026-11-22", position: "a2" }), aTask({ id: "a", due: "2026-11-22", position: "a1" }), aTask({ id: "early", due: "2026-11-20" })];

  expect(ids(ordered(tasks, "due", clock))).toEqual(["early", "a", "b", "none"]);
  expect(ids(ordered(tasks, "due", clock, true))).toEqual(["a", "b", "early", "none"]);
});

test("the most urgent comes first", () => {
  const tasks = [aTask({ id: "none" }), aTask({ id: "low", priority: "low" }), aTask({ id: "urgent", priority: "urgent" })];

  expect(ids(ordered(tasks, "priority", clock))).toEqual(["urgent", "low", "none"]);
});

test("lists and tags count what is open", () => {
  const known = holding(aTask({ id: "a", list: "home", tags: ["errand"] }), aTask({ id: "b", list: "home" }), aTask({ id: "c", list: "home", status: "done", tags: ["errand"] }));

  expect([openCounts(known).get("home"), openCounts(known).get("errand")]).toEqual([2, 1]);
});
