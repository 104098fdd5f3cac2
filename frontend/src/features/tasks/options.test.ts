import { expect, test } from "vitest";
import { namesOf, sortOf, stepsOf, withStep } from "./options";

const inbox = { name: "inbox" } as const;

test("an address says several keys, each once and up or down", () => {
  expect(namesOf(stepsOf("-priority,due"))).toBe("-priority,due");
  expect(namesOf(stepsOf("due,-due,nonsense,title"))).toBe("due,title");
  expect(namesOf(stepsOf("manual,due"))).toBe("manual");
});

test("where it says none that is known, a view is in its usual order", () => {
  expect(namesOf(sortOf(inbox, {}))).toBe("manual");
  expect(namesOf(sortOf(inbox, { sort: "nonsense" }))).toBe("manual");
  expect(namesOf(sortOf({ name: "today" }, {}))).toBe("due,-priority");
});

test("a key is put in the place of another, which those behind it give way to", () => {
  const steps = stepsOf("-priority,due,title");

  expect(namesOf(withStep(steps, 1, "-updated"))).toBe("-priority,-updated,title");
  expect(namesOf(withStep(steps, 0, "due"))).toBe("due,title");
  expect(namesOf(withStep(steps, 0, "manual"))).toBe("manual");
  expect(namesOf(withStep(steps, 1, ""))).toBe("-priority");
  expect(namesOf(withStep(steps, 3, "created"))).toBe("-priority,due,title,created");
});

test("what was completed when is no order where nothing finished is shown", () => {
  const today = { name: "today" } as const;

  expect(namesOf(sortOf(inbox, { sort: "-completed" }))).toBe("manual");
  expect(namesOf(sortOf(today, { sort: "completed,title" }))).toBe("title");
  expect(namesOf(sortOf(inbox, { sort: "-completed", done: true }))).toBe("-completed");
  expect(namesOf(sortOf(inbox, { sort: "-completed", layout: "board" }))).toBe("-completed");
  expect(namesOf(sortOf({ name: "upcoming" }, { sort: "-completed", done: true }))).toBe("due,-priority");
  expect(sortOf(today, { sort: "completed,title" })).toBe(sortOf(today, { sort: "completed,title" }));
});
