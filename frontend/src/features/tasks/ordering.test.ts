import { expect, test } from "vitest";
import { MANUAL } from "./options";
import { Ordering } from "./ordering";
import { task } from "./testing";

test("what changes, comes or goes leaves the rest in its order", () => {
  const ordering = new Ordering();
  const order = (...tasks: ReturnType<typeof task>[]) => ordering.of(tasks, MANUAL, "Europe/Berlin").map(({ id }) => id).join(" ");
  const [one, two, three] = [task("one", { position: "a1" }), task("two", { position: "a2" }), task("three", { position: "a3" })];

  expect(order(three, one, two)).toBe("one two three");
  expect(order(three, task("one", { position: "a4" }), two)).toBe("two three one");
  expect(order(task("zero", { position: "a0" }), three, two, task("last", { position: "a9" }))).toBe("zero two three last");
  expect(order(three)).toBe("three");
});
