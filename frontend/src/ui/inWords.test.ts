import { describe, expect, test } from "vitest";
import { ageInWords, countInWords, dateInWords, dayInWords, dueInWords, longDayInWords, momentInWords, monthInWords, timeInWords } from "./inWords";

const saturday = "2026-11-21";

describe("a day", () => {
  test.each([
    ["2026-11-20", "Yesterday"],
    ["2026-11-21", "Today"],
    ["2026-11-22", "Tomorrow"],
    ["2026-11-23", "Monday"],
    ["2026-11-27", "Friday"],
    ["2026-11-28", "28 Nov"],
    ["2026-11-19", "19 Nov"],
    ["2027-01-02", "2 Jan 2027"],
  ])("%s, seen from a Saturday, is %s", (day, words) => {
    expect(dayInWords(day, saturday, "en")).toBe(words);
  });

  test("is said in the person's language", () => {
    expect(dayInWords("2026-11-22", saturday, "de")).toBe("Morgen");
    expect(longDayInWords(saturday, "de")).toBe("Samstag, 21. November");
  });

  test("is a date where that is wanted", () => {
    expect(dateInWords(saturday, saturday, "en")).toBe("21 Nov");
    expect(dateInWords(saturday, saturday, "en-US")).toBe("Nov 21");
  });
});

test("a due time stands behind its day", () => {
  expect(dueInWords("2026-11-22", "09:05", saturday, "en")).toBe("Tomorrow, 09:05");
  expect(dueInWords("2026-11-22", null, saturday, "en")).toBe("Tomorrow");
  expect(timeInWords("17:30", "en-US")).toBe("05:30 PM");
});

test("a month has its year", () => {
  expect(monthInWords("2026-11", "en")).toBe("November 2026");
});

test("a moment is that of the person's zone", () => {
  expect(momentInWords("2026-11-21T23:30:00Z", "Europe/Berlin", "en")).toBe("22 November 2026 at 00:30");
});

test("an age is said in its largest whole unit", () => {
  const now = new Date("2026-11-21T12:00:00Z");
  expect(ageInWords("2026-11-21T08:30:00Z", now, "en")).toBe("3 hours ago");
  expect(ageInWords("2026-11-21T12:05:00Z", now, "en")).toBe("in 5 minutes");
  expect(ageInWords("2026-11-21T11:59:40Z", now, "en")).toBe("now");
  expect(ageInWords("2026-11-20T11:00:00Z", now, "en")).toBe("yesterday");
});

test("a count agrees with its noun", () => {
  expect(countInWords(1, "task", "en")).toBe("1 task");
  expect(countInWords(12_000, "task", "en")).toBe("12,000 tasks");
});
