import { expect, test } from "vitest";
import { daysBeforeInWords, minutesBeforeInWords } from "./beforeInWords";

test.each([
  [0, "When it is due"],
  [5, "5 minutes before"],
  [60, "1 hour before"],
  [90, "1 hour 30 minutes before"],
  [-1, "1 minute after"],
])("%i minutes before", (minutes, words) => {
  expect(minutesBeforeInWords(minutes, "en")).toBe(words);
});

test.each([
  [0, null, "On the day"],
  [0, "09:00", "On the day at 09:00"],
  [1, null, "1 day before"],
  [2, "18:00:00", "2 days before at 18:00"],
  [7, null, "1 week before"],
  [-3, null, "3 days after"],
])("%i days before, at %s", (days, at, words) => {
  expect(daysBeforeInWords(days, at, "en")).toBe(words);
});

test("a clock is the person's own", () => {
  expect(daysBeforeInWords(1, "18:00", "en-US")).toBe("1 day before at 06:00 PM");
});
