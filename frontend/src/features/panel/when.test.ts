import { expect, test } from "vitest";
import { aTask } from "../../data/tasksForTests";
import { taskDueInWords } from "./when";

const reader = { zone: "Europe/Berlin", locale: "en", today: "2026-11-21" };

test.each([
  [{ due: null }, null],
  [{ due: "2026-11-22" }, "Tomorrow"],
  [{ due: "2026-11-22T09:00:00" }, "Tomorrow, 09:00"],
  [{ due: "2026-11-21T20:00:00", zone: "America/New_York", due_at: "2026-11-22T01:00:00Z" }, "Tomorrow, 02:00"],
])("%j is due, for somebody in Berlin, %s", (said, words) => {
  expect(taskDueInWords(aTask({ id: "1", title: "Call", ...said }), reader)).toBe(words);
});
