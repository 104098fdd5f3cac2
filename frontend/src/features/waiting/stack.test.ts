import { expect, test } from "vitest";
import type { Task } from "../../api/types";
import type { Write } from "../../data/shapes";
import { madeBy, nameOf, undone, withNew, without, type Toast } from "./stack";

const write = (id: string): Write => ({ id, at: 1, says: id, kind: null, request: { method: "post", path: "/" }, shows: [], hides: [], guard: null });
const ids = (toasts: readonly Toast[]) => toasts.map((toast) => toast.write.id);

test("three are seen at most, the newest last", () => {
  const all = ["a", "b", "c", "d"].map(write).reduce<readonly Toast[]>(withNew, []);

  expect(ids(all)).toEqual(["b", "c", "d"]);
  expect(ids(without(all, "c"))).toEqual(["b", "d"]);
});

test("an act that is several writes is one toast", () => {
  const whole = { id: "whole", says: "Completed 1200 tasks" };
  const all = ["a", "b", "c", "d"].map((id) => ({ ...write(id), whole })).reduce<readonly Toast[]>(withNew, []);

  expect(ids(all)).toEqual(["d"]);
  expect(all.map((toast) => nameOf(toast.write))).toEqual(["whole"]);
});

test("what was taken back says so, in its place", () => {
  const all = undone(["a", "b"].map(write).reduce<readonly Toast[]>(withNew, []), "a");

  expect(all.map((toast) => toast.undone)).toEqual([true, false]);
});

test("what was made can be looked at", () => {
  const task = { id: "t1" } as Task;

  expect(madeBy({ ...write("a"), shows: [{ do: "put", kind: "task", id: "t1", entity: task }] })).toBe("t1");
  expect(madeBy({ ...write("a"), shows: [{ do: "set", kind: "task", id: "t1", fields: {} }] })).toBeNull();
});
