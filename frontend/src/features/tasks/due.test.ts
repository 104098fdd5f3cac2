import { expect, test } from "vitest";
import { boxesOf, dueInWords, dueOf } from "./due";

const now = new Date("2026-11-20T12:00:00+01:00"); // the tests' zone is Europe/Berlin

const words = (due: string, more: { zone?: string | null; due_at?: string | null } = {}) =>
  dueInWords({ due, zone: more.zone ?? null, due_at: more.due_at ?? null }, now);

test("a date without a time is sent as a date, and is the same date everywhere", () => {
  expect(dueOf({ date: "2026-11-21", time: "" })).toEqual({ due: "2026-11-21", zone: null });
});

test("a time is meant on the clock on this wall", () => {
  expect(dueOf({ date: "2026-11-21", time: "09:30" })).toEqual({ due: "2026-11-21T09:30:00", zone: "Europe/Berlin" });
});

test("moving a task keeps the clock it is meant on", () => {
  const before = { due: "2026-11-21T09:30:00", zone: "Asia/Tokyo" };
  const floating = { due: "2026-11-21T09:30:00", zone: null };

  expect(dueOf({ date: "2026-11-22", time: "09:30" }, before).zone).toBe("Asia/Tokyo");
  expect(dueOf({ date: "2026-11-22", time: "09:30" }, floating).zone).toBeNull();
});

test("no date is no due date, whatever stands in the time's box", () => {
  expect(dueOf({ date: "", time: "09:30" })).toEqual({ due: null, zone: null });
});

test.each(["2026-11-21", "2026-11-21T09:30:00", "2026-11-21T09:30:15"])("what was %s is the same after an untouched edit", (due) => {
  expect(dueOf(boxesOf({ due }), { due, zone: null }).due).toBe(due);
});

test.each([
  ["2026-11-20", "Today", false],
  ["2026-11-21", "Tomorrow", false],
  ["2026-11-19", "Yesterday", true],
  ["2026-11-27", "Fri 27 Nov", false],
  ["2027-01-02", "Sat 2 Jan 2027", false],
])("%s reads %s", (due, text, late) => {
  expect({ ...words(due), text: words(due).text.replace(",", "") }).toEqual({ text, late });
});

test("a time is late once its instant has passed, and not before", () => {
  expect(words("2026-11-20T11:59:00", { due_at: "2026-11-20T10:59:00Z" }).late).toBe(true);
  expect(words("2026-11-20T12:01:00", { due_at: "2026-11-20T11:01:00Z" }).late).toBe(false);
});

test("a time on another clock names the clock", () => {
  expect(words("2026-11-20T21:00:00", { zone: "Asia/Tokyo", due_at: "2026-11-20T12:00:00Z" }).text).toBe("Today, 21:00 (Asia/Tokyo)");
});
