import { expect, test } from "vitest";
import { between, saidOf, selectedFrom, toggled } from "./selection";

const shown = Array.from({ length: 150 }, (_, number) => `t${String(number)}`);

test("the address says a few by their ids, and only those that are there count", () => {
  expect(saidOf(new Set(["t1", "t2"]), shown)).toEqual(["t1", "t2"]);
  expect(selectedFrom(["t2", "gone"], shown)).toEqual(new Set(["t2"]));
});

test("all are said in one word, and stay all", () => {
  const said = saidOf(new Set(shown), shown);

  expect(said).toEqual(["all"]);
  expect(selectedFrom(said ?? [], [...shown, "new"]).size).toBe(151);
});

test("many that are not all are said one by one", () => {
  expect(saidOf(new Set(shown.slice(1)), shown)).toEqual(shown.slice(1));
});

test("none are not said", () => {
  expect(saidOf(new Set(), shown)).toBeNull();
});

test("a range goes either way, and begins anew where its beginning is gone", () => {
  expect(between(shown, "t3", "t1")).toEqual(["t1", "t2", "t3"]);
  expect(between(shown, "gone", "t1")).toEqual(["t1"]);
});

test("to select twice is not to select", () => {
  expect(toggled(toggled(new Set(), "a"), "a")).toEqual(new Set());
});
