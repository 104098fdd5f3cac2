import { expect, test } from "vitest";
import { addedInWords, reminderInWords, repeatInWords } from "./inWords";

const person = { today: "2026-11-21", locale: "en-GB" };

test("reminders are said as people say them", () => {
  const said = [
    { kind: "before", minutes: 90 },
    { kind: "days_before", days: 1, at: "18:00" },
    { kind: "days_before", days: 0, at: null },
    { kind: "absolute", at: "2026-11-22T09:00:00" },
  ] as const;

  expect(said.map((each) => reminderInWords(each, person))).toEqual([
    "1 hour 30 minutes before", "1 day before at 18:00", "On the day", "Tomorrow, 09:00",
  ]);
});

test("a repetition is said as it was typed, with the days after the first", () => {
  const spans = [{ start: 0, end: 12, kind: "repeat" as const, text: "every friday" }];

  expect(repeatInWords({ spans, anchor: "due", next: ["2026-11-27", "2026-12-04", "2026-12-11"] }, person)).toBe("every friday, then 4 Dec, 11 Dec");
  expect(repeatInWords({ spans, anchor: "completion", next: null }, person)).toBe("every friday, from when it is done");
});

test("what was added says where it went, and when it is due", () => {
  expect(addedInWords("Call Ann", "Home", "2026-11-27T09:00:00", person)).toBe("Added to Home (27 Nov, 09:00): “Call Ann”");
  expect(addedInWords("Call Ann", "Inbox", null, person)).toBe("Added to Inbox: “Call Ann”");
  expect(addedInWords("Call Ann #Home", null, null, person)).toBe("Added: “Call Ann #Home”");
});
