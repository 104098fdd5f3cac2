import { expect, test } from "vitest";
import { put, set } from "./deeds";
import { followersOf, withoutIt } from "./followers";
import type { Write } from "./shapes";
import { aList, aTask } from "./tasksForTests";

let at = 0;

const writing = (id: string, fields: Partial<Write>): Write => {
  at += 1;
  return { id, at, says: id, kind: "task", request: { method: "patch", path: "/api/tasks/milk" }, shows: [], hides: [], guard: null, ...fields };
};

const undoing = (id: string, undoes: string) => writing(id, { request: { undoes, activity: null } });
const titled = (id: string, before: string, after: string) =>
  writing(id, { shows: [set("task", "milk", { title: after })], guard: { kind: "task", id: "milk", seen: { title: before }, wanted: { title: after } } });
const names = (writes: readonly Write[]) => writes.map(({ id }) => id);

test("what is about something that was never made waits with it, and what follows from that, too", () => {
  const list = writing("list", { request: { method: "post", path: "/api/lists", body: { id: "garden" } }, shows: [put("list", aList({ id: "garden" }))] });
  const task = writing("task", { request: { method: "post", path: "/api/tasks", body: { id: "seeds", list: "garden" } }, shows: [put("task", aTask({ id: "seeds" }))] });
  const change = writing("change", { request: { method: "patch", path: "/api/tasks/seeds" } });
  const undo = undoing("undo", "change");
  const other = writing("other", {});

  expect(names(followersOf(list, [list, task, change, undo, other], null))).toEqual(["task", "change", "undo"]);
  expect(names(followersOf(change, [list, task, change, undo, other], null))).toEqual(["undo"]);
});

test("a text that is in conflict is one decision, however often it was changed here", () => {
  const [first, second] = [titled("first", "Milk", "Oat milk"), titled("second", "Oat milk", "Soy milk")];
  const conflict = { current: aTask({ id: "milk", title: "Cow milk" }), fields: ["title"] };

  expect(names(followersOf(first, [first, second], conflict))).toEqual(["second"]);
  expect(names(followersOf(first, [first, second], null))).toEqual([]);
});

test("what was changed once more after something that never came to be is a change of what was there before", () => {
  const [first, second] = [titled("first", "Milk", "Oat milk"), titled("second", "Oat milk", "Soy milk")];

  expect(withoutIt(second, first).guard).toMatchObject({ seen: { title: "Milk" }, wanted: { title: "Soy milk" } });
  expect(withoutIt(titled("apart", "Cream", "Soy"), first).guard?.seen).toEqual({ title: "Cream" });
});
