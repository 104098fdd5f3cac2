import { expect, test } from "vitest";
import { contestedIn } from "./conflicts";
import type { Write } from "./shapes";
import { aTask } from "./tasksForTests";

const renaming = (id: string, from: string, to: string): Write => ({
  id: `${id} ${to}`,
  at: 1,
  says: to,
  kind: "task",
  request: { method: "patch", path: `/api/tasks/${id}` },
  shows: [],
  hides: [],
  guard: { kind: "task", id, seen: { title: from }, wanted: { title: to } },
});

test("what stands against theirs is the last that was written here", () => {
  const refused = {
    write: renaming("milk", "Milk", "Oat milk"),
    problem: { status: 412, detail: "", fields: {}, requestId: null },
    conflict: { current: aTask({ id: "milk", title: "Soy milk" }), fields: ["title"] },
    followers: [renaming("milk", "Oat milk", "Oat milk, two"), renaming("bread", "Bread", "Rye bread")],
  };

  expect(contestedIn(refused)).toEqual([{ field: "title", mine: "Oat milk, two", theirs: "Soy milk" }]);
});
