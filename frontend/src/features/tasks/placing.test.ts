import { describe, expect, test } from "vitest";
import { droppedAt, edgeAt } from "./dropping";
import { linesOf, tasksIn, type TaskLine } from "./lines";
import { isWithin, stepped } from "./placing";
import { task } from "./testing";

const tasks = [task("bike"), task("cake"), task("flour", { parent: "cake" }), task("oven", { parent: "cake" }), task("dust")];
const lines = tasksIn(linesOf([{ key: "all", title: null, tasks, given: null }], new Set()));
const line = (id: string): TaskLine => {
  const [found] = lines.filter((one) => one.task.id === id);
  if (found === undefined) throw new Error(`There is no line of ${id}.`);
  return found;
};

describe("a step", () => {
  test.each([
    ["cake", "up", { before: "bike" }],
    ["cake", "down", { after: "dust" }],
    ["dust", "up", { before: "cake" }],
    ["oven", "up", { before: "flour" }],
    ["cake", "in", { parent: "bike", at: "last" }],
    ["dust", "in", { parent: "cake", at: "last" }],
    ["oven", "out", { after: "cake" }],
  ] as const)("of %s %s", (id, step, place) => {
    expect(stepped(lines, id, step)).toEqual(place);
  });

  test.each([
    ["bike", "up"],
    ["dust", "down"],
    ["flour", "up"],
    ["oven", "down"],
    ["bike", "in"],
    ["cake", "out"],
  ] as const)("of %s %s leads nowhere", (id, step) => {
    expect(stepped(lines, id, step)).toBeNull();
  });

  test("does not lead into another group, nor beside a task of another list", () => {
    const others = tasksIn(linesOf([{ key: "1", title: "1", tasks: [task("a"), task("b", { list: "work" })], given: null }, { key: "2", title: "2", tasks: [task("c")], given: null }], new Set()));

    expect(stepped(others, "b", "down")).toBeNull();
    expect(stepped(others, "b", "up")).toBeNull();
  });
});

describe("a drop", () => {
  test("on the edges of a row is beside it, in its middle below it", () => {
    expect([2, 20, 38].map((offset) => edgeAt(offset, 40, true))).toEqual(["above", "onto", "below"]);
    expect(edgeAt(2, 40, false)).toBe("onto");
  });

  test("behind an unfolded parent is before its first subtask", () => {
    expect(droppedAt(lines, line("cake"), "below")).toEqual({ before: "flour" });
    expect(droppedAt(lines, line("oven"), "below")).toEqual({ after: "oven" });
    expect(droppedAt(lines, line("oven"), "onto")).toEqual({ parent: "oven", at: "last" });
  });

  test("of a task into itself is none", () => {
    const parents: Record<string, string> = { sieve: "flour", flour: "cake" };

    expect(isWithin("sieve", new Set(["cake"]), (id) => parents[id])).toBe(true);
    expect(isWithin("cake", new Set(["sieve"]), (id) => parents[id])).toBe(false);
  });
});
