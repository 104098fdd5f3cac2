import { expect, test } from "vitest";
import { instantOf, usual } from "./snoozes";

test.each([
  ["2026-11-22T09:00", "Europe/Berlin", "2026-11-22T08:00:00.000Z"],
  ["2026-07-01T09:00", "America/New_York", "2026-07-01T13:00:00.000Z"],
  ["2026-11-22T00:30", "Asia/Kathmandu", "2026-11-21T18:45:00.000Z"],
  ["2026-03-29T09:00", "Europe/Berlin", "2026-03-29T07:00:00.000Z"], // the clocks went forward that night
  ["2026-10-25T01:00", "Europe/Berlin", "2026-10-24T23:00:00.000Z"],
])("%s in %s is %s", (wall, zone, instant) => {
  expect(instantOf(wall, zone).toISOString()).toBe(instant);
});

test("tomorrow at nine is nine where the person is", () => {
  expect(usual("2026-12-31", "Europe/Berlin")[2]?.until).toEqual({ until: "2027-01-01T08:00:00.000Z" });
});
