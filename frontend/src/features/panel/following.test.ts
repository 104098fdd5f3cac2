import { expect, test } from "vitest";
import { askedFor, followingOf } from "./following";

const now = new Date("2026-11-21T10:00:00Z");
const today = "2026-11-21";
const skip = { missed: "skip" as const };
const each = { missed: "each" as const };

test("dates follow the later of the open one and today, or each the one before", () => {
  expect(askedFor({ slot: "2026-12-01", due_at: null, recurrence: skip }, now, today)).toEqual({ after: "2026-12-01", count: 5 });
  expect(askedFor({ slot: "2026-11-01", due_at: null, recurrence: skip }, now, today).after).toBe(today);
  expect(askedFor({ slot: "2026-11-01", due_at: null, recurrence: each }, now, today).after).toBe("2026-11-01");
});

test("times follow this moment, and where each counts the one that is late", () => {
  const late = { slot: "2026-11-01T09:00:00", due_at: "2026-11-01T08:00:00Z" };

  expect(askedFor({ ...late, recurrence: skip }, now, today)).toEqual({ after: now.toISOString(), count: 6 });
  expect(askedFor({ ...late, recurrence: each }, now, today).after).toBe(late.due_at);
});

test("the open one, still to come, is not one that follows", () => {
  const occurrences = ["2026-12-01T09:00:00+01:00", "2027-01-01T09:00:00+01:00", "2027-02-01T09:00:00+01:00"];

  expect(followingOf(occurrences, "2026-12-01T09:00:00")).toEqual(["2027-01-01T09:00:00", "2027-02-01T09:00:00"]);
  expect(followingOf(occurrences, "2026-11-01T09:00:00")).toHaveLength(3);
});
