import { describe, expect, test } from "vitest";
import { task } from "./testing";
import { asTree, outermost } from "./tree";

const shown = (branches: ReturnType<typeof asTree>) => branches.map(({ task, depth }) => `${"-".repeat(depth)}${task.id}`);

describe("a tree", () => {
  const tasks = [task("flour", { parent: "cake" }), task("bike"), task("cake"), task("oven", { parent: "cake" }), task("sieve", { parent: "flour" })];

  test("has subtasks below their parents, wherever these come, in the order they had", () => {
    expect(shown(asTree(tasks, new Set()))).toEqual(["bike", "cake", "-flour", "--sieve", "-oven"]);
  });

  test("shows a subtask by itself where its parent is not", () => {
    expect(shown(asTree([task("flour", { parent: "cake" })], new Set()))).toEqual(["flour"]);
  });

  test("folds away all that is below", () => {
    const branches = asTree(tasks, new Set(["cake"]));
    expect(shown(branches)).toEqual(["bike", "cake"]);
    expect(branches[1]).toMatchObject({ parts: 2, isFolded: true });
  });

  test("has nothing folded that has no subtasks here", () => {
    expect(asTree([task("bike")], new Set(["bike"]))[0]).toMatchObject({ isFolded: false });
  });
});

test("of tasks that are moved together, those below others of them go along by themselves", () => {
  const held = new Map([task("cake"), task("flour", { parent: "cake" }), task("sieve", { parent: "flour" }), task("bike")].map((one) => [one.id, one]));

  expect(outermost(["sieve", "cake", "bike"], (id) => held.get(id))).toEqual(["cake", "bike"]);
});
