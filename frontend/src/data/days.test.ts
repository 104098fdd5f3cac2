import { expect, test } from "vitest";
import { dayAt, dayOf, isOverdue, timeOf } from "./days";
import { aTask } from "./tasksForTests";

const berlin = { zone: "Europe/Berlin", today: "2026-11-21" };

test("a task that is due at a time elsewhere is due on the day that it is here by then", () => {
  const call = aTask({ id: "call", due: "2026-11-21T20:00:00", zone: "America/New_York", due_at: "2026-11-22T01:00:00Z" });

  expect(dayOf(call, berlin.zone)).toBe("2026-11-22");
  expect(timeOf(call, berlin.zone)).toBe("02:00");
});

test("a floating time is the same time everywhere", () => {
  const swim = aTask({ id: "swim", due: "2026-11-21T07:00:00", zone: null, due_at: "2026-11-21T06:00:00Z" });

  expect(timeOf(swim, "Asia/Tokyo")).toBe("07:00");
});

test("a day is overdue when it is over, a time when it has passed", () => {
  const now = new Date("2026-11-21T09:30:00Z"); // 10:30 in Berlin
  const due = (text: string) => isOverdue(aTask({ id: "x", due: text }), berlin, now);

  expect(due("2026-11-20")).toBe(true);
  expect(due("2026-11-21")).toBe(false);
  expect(due("2026-11-21T10:00:00")).toBe(true);
  expect(due("2026-11-21T11:00:00")).toBe(false);
});

test("midnight is where the person is", () => {
  expect(dayAt(new Date("2026-11-21T23:30:00Z"), "Europe/Berlin")).toBe("2026-11-22");
  expect(dayAt(new Date("2026-11-21T23:30:00Z"), "America/New_York")).toBe("2026-11-21");
});
