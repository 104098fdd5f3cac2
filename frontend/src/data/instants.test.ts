import { expect, test } from "vitest";
import { instantOf, laterAt } from "./instants";

test.each([
  ["2026-11-22T09:00", "Europe/Berlin", "2026-11-22T08:00:00.000Z"],
  ["2026-07-01T09:00", "America/New_York", "2026-07-01T13:00:00.000Z"],
  ["2026-11-22T00:30", "Asia/Kathmandu", "2026-11-21T18:45:00.000Z"],
  ["2026-11-22T09:00:00", "Pacific/Kiritimati", "2026-11-21T19:00:00.000Z"],
])("%s in %s is %s", (wall, zone, instant) => {
  expect(instantOf(wall, zone).toISOString()).toBe(instant);
});

test.each([
  ["2026-03-29T01:59", "Europe/Berlin", "2026-03-29T00:59:00.000Z"],
  ["2026-03-29T02:30", "Europe/Berlin", "2026-03-29T01:30:00.000Z"],
  ["2026-03-29T09:00", "Europe/Berlin", "2026-03-29T07:00:00.000Z"],
  ["2026-10-25T01:00", "Europe/Berlin", "2026-10-24T23:00:00.000Z"],
  ["2026-10-25T02:30", "Europe/Berlin", "2026-10-25T00:30:00.000Z"],
  ["2026-10-25T03:00", "Europe/Berlin", "2026-10-25T02:00:00.000Z"],
  ["2026-03-08T02:30", "America/New_York", "2026-03-08T07:30:00.000Z"],
  ["2026-11-01T01:30", "America/New_York", "2026-11-01T05:30:00.000Z"],
])("where the clocks change, %s in %s is %s", (wall, zone, instant) => {
  expect(instantOf(wall, zone).toISOString()).toBe(instant);
});

test("tomorrow at nine is nine where the person is", () => {
  expect(laterAt({ wall: "2027-01-01T09:00" }, "Europe/Berlin")).toEqual({ until: "2027-01-01T08:00:00.000Z" });
  expect(laterAt({ minutes: 10 }, "Europe/Berlin")).toEqual({ minutes: 10 });
});
