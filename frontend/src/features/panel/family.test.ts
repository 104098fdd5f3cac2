import { expect, test } from "vitest";
import type { Task } from "../../api/types";
import { aTask } from "../../data/tasksForTests";
import { partsOf, pathOf, possibleParents, progressOf } from "./family";

const task = (id: string, more: Partial<Task> = {}): Task => aTask({ id, title: `Task ${id}`, list: "inbox", position: id, ...more });

const held = (...tasks: Task[]) => new Map(tasks.map((each) => [each.id, each]));
const ids = (tasks: readonly Task[]) => tasks.map(({ id }) => id);

const move = task("1");
const pack = task("2", { parent: "1" });
const books = task("3", { parent: "2" });

test("the path begins with the outermost", () => {
  expect(ids(pathOf(books, held(move, pack, books)))).toEqual(["1", "2"]);
  expect(ids(pathOf(books, held(pack, books)))).toEqual(["2"]);
});

test("a task becomes part neither of itself nor of its own parts", () => {
  const tasks = held(move, pack, books, task("4"), task("5", { status: "done" }));

  expect(ids(possibleParents(pack, tasks, ""))).toEqual(["1", "4"]);
  expect(ids(possibleParents(books, tasks, "TASK 2"))).toEqual(["2"]);
});

test("parts are in the server's order, and only the direct ones", () => {
  const tasks = held(move, task("a", { parent: "1", position: "b" }), task("b", { parent: "1", position: "Z", status: "done" }), task("c", { parent: "a" }));

  expect(ids(partsOf("1", tasks))).toEqual(["b", "a"]);
});

test("progress leaves out what was cancelled", () => {
  expect(progressOf([task("1", { status: "done" }), task("2"), task("3", { status: "cancelled" })])).toEqual({ done: 1, total: 2 });
});
