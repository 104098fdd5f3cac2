import { expect, test } from "vitest";
import type { Task } from "../api/types";
import { Shelf } from "./Shelf";
import { aTask } from "./tasksForTests";
import { openCounts } from "./views";

function holding(...tasks: Task[]) {
  const shelf = new Shelf();
  for (const task of tasks) shelf.learn("task", task);
  return shelf.known;
}

test("lists and tags count what is open", () => {
  const known = holding(aTask({ id: "a", list: "home", tags: ["errand"] }), aTask({ id: "b", list: "home" }), aTask({ id: "c", list: "home", status: "done", tags: ["errand"] }));

  expect([openCounts(known).get("home"), openCounts(known).get("errand")]).toEqual([2, 1]);
});
