import { expect, test } from "vitest";
import { set, drop, put } from "./deeds";
import type { Effect, Write } from "./shapes";
import { Shelf } from "./Shelf";
import { aTask } from "./tasksForTests";

const writing = (...shows: Effect[]): Write => ({
  id: "write",
  at: 1,
  says: "",
  kind: "task",
  request: { method: "patch", path: "" },
  shows,
  hides: null,
  guard: null,
});

test("an older version never replaces a newer one", () => {
  const shelf = new Shelf();
  shelf.learn("task", aTask({ id: "milk", title: "Oat milk", version: 3 }));

  expect(shelf.learn("task", aTask({ id: "milk", title: "Milk", version: 2 }))).toBe(false);

  expect(shelf.known.task.get("milk")?.title).toBe("Oat milk");
});

test("what is deleted stays so when an old answer comes late, and is back when it was restored", () => {
  const shelf = new Shelf();
  shelf.learn("task", aTask({ id: "milk", version: 1 }));

  shelf.forget("task", "milk", 2);
  shelf.learn("task", aTask({ id: "milk", version: 1 }));
  expect(shelf.known.task.has("milk")).toBe(false);

  shelf.learn("task", aTask({ id: "milk", version: 3 }));
  expect(shelf.known.task.has("milk")).toBe(true);
});

test("what waits lies over what is held, also when that becomes different below it", () => {
  const shelf = new Shelf();
  shelf.learn("task", aTask({ id: "milk", version: 1 }));
  shelf.lay([writing(set("task", "milk", { priority: "high" }))]);

  shelf.learn("task", aTask({ id: "milk", title: "Oat milk", version: 2 }));
  expect(shelf.known.task.get("milk")).toMatchObject({ title: "Oat milk", priority: "high" });

  shelf.lay([]);
  expect(shelf.known.task.get("milk")).toMatchObject({ title: "Oat milk", priority: "none" });
});

test("what lies over something as before leaves it as it is, whatever else waits", () => {
  const shelf = new Shelf();
  for (const id of ["milk", "bread"]) shelf.learn("task", aTask({ id }));
  const [one, other] = [writing(set("task", "milk", { priority: "high" })), writing(set("task", "bread", { priority: "low" }))];
  shelf.lay([one, other]);
  const milk = shelf.known.task.get("milk");

  shelf.lay([one]);

  expect(shelf.known.task.get("milk")).toBe(milk);
  expect(shelf.known.task.get("bread")?.priority).toBe("none");
});

test("a task that was made here is one task with the one that the server then has", () => {
  const shelf = new Shelf();
  shelf.lay([writing(put("task", aTask({ id: "milk", title: "milk tomorrow", version: 0 })))]);

  shelf.learn("task", aTask({ id: "milk", title: "milk", version: 1 }));

  expect([...shelf.known.task.values()].map(({ title }) => title)).toEqual(["milk"]);
});

test("subtasks are found in their order below the parent they are shown with", () => {
  const shelf = new Shelf();
  shelf.learn("task", aTask({ id: "party" }));
  shelf.learn("task", aTask({ id: "cake", parent: "party", position: "a2" }));
  shelf.learn("task", aTask({ id: "guests", parent: "party", position: "a1" }));
  expect(shelf.known.children("party")).toEqual(["guests", "cake"]);

  shelf.lay([writing(set("task", "cake", { parent: null }), drop("task", "guests"))]);
  expect(shelf.known.children("party")).toEqual([]);

  shelf.lay([]);
  expect(shelf.known.children("party")).toEqual(["guests", "cake"]);
});

test("several changes at once are told once, and nothing new is not told", () => {
  const shelf = new Shelf();
  let told = 0;
  shelf.subscribe(() => (told += 1));

  shelf.together(() => {
    shelf.learn("task", aTask({ id: "milk" }));
    shelf.learn("task", aTask({ id: "bread" }));
  });
  shelf.learn("task", aTask({ id: "milk" }));

  expect(told).toBe(1);
});
