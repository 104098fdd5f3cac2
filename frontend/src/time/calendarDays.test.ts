import { expect, test } from "vitest";
import { addDays, addMonths, daysBetween, nextWeekday, startOfWeek, weekNumber, weeksOf } from "./calendarDays";

test("days go on over the end of a year and over a change of clocks", () => {
  expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
  expect(addDays("2026-03-28", 2)).toBe("2026-03-30");
  expect(daysBetween("2026-10-24", "2026-10-26")).toBe(2);
});

test("a month later is the last day where there is no such day", () => {
  expect(addMonths("2026-01-31", 1)).toBe("2026-02-28");
  expect(addMonths("2026-11-21", -12)).toBe("2025-11-21");
  expect(addMonths("2026-12-05", 1)).toBe("2027-01-05");
});

test("weeks begin where somebody's weeks begin", () => {
  expect(startOfWeek("2026-11-21", 1)).toBe("2026-11-16");
  expect(startOfWeek("2026-11-21", 0)).toBe("2026-11-15");
  expect(startOfWeek("2026-11-21", 6)).toBe("2026-11-21");
});

test("a month is shown in whole weeks", () => {
  const weeks = weeksOf("2026-11", 1);
  expect(weeks).toHaveLength(6);
  expect(weeks[0]?.[0]).toBe("2026-10-26");
  expect(weeks.at(-1)?.at(-1)).toBe("2026-12-06");
  expect(weeksOf("2026-02", 0).map(([first]) => first)).toEqual(["2026-02-01", "2026-02-08", "2026-02-15", "2026-02-22"]);
  expect(weeksOf("2027-02", 1)).toHaveLength(4);
});

test("the next Monday is never today", () => {
  expect(nextWeekday("2026-11-21", 1)).toBe("2026-11-23");
  expect(nextWeekday("2026-11-23", 1)).toBe("2026-11-30");
});

test.each([
  ["2026-11-21", 47],
  ["2027-01-01", 53],
  ["2024-12-30", 1],
])("the week of %s is number %i", (day, number) => {
  expect(weekNumber(day)).toBe(number);
});
