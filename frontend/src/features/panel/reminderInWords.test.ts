import { describe, expect, test } from "vitest";
import { deliveryInWords, firingInWords, lengthInWords, reminderInWords } from "./reminderInWords";
import type { Reminder } from "../../api/types";
import type { Firing } from "./shapes";
import type { Reader } from "./when";

const reader: Reader = { zone: "Europe/Berlin", locale: "en-GB", today: "2026-11-21" };

describe("a reminder", () => {
  test.each<[Reminder, string]>([
    [{ id: "1", kind: "before", minutes: 5 }, "5 minutes before"],
    [{ id: "1", kind: "days_before", days: 0, at: "09:00" }, "On the day at 09:00"],
    [{ id: "1", kind: "days_before", days: 1, at: null }, "1 day before"],
    [{ id: "1", kind: "absolute", at: "2026-11-22T18:00:00" }, "Tomorrow, 18:00"],
    [{ id: "1", kind: "snooze", at: "2026-11-21T08:10:00Z", of: "2" }, "Again Today, 09:10"],
  ])("%j", (reminder, words) => {
    expect(reminderInWords(reminder, reader)).toBe(words);
  });
});

const firing: Firing = {
  fire_at: "2026-11-21T08:00:00Z",
  planned_at: "2026-11-20T08:00:00Z",
  state: "fired",
  settled_at: "2026-11-21T08:00:00.1Z",
  late: 0.1,
  notification: "n",
  deliveries: [],
};

describe("what became of it", () => {
  test.each<[Partial<Firing>, string]>([
    [{}, "Fired Today, 09:00, on time"],
    [{ late: 12.4, settled_at: "2026-11-21T08:00:12Z" }, "Fired Today, 09:00, 12 s late"],
    [{ state: "pending", settled_at: null, late: null, fire_at: "2026-11-22T08:00:00Z" }, "Fires Tomorrow, 09:00"],
    [{ state: "superseded" }, "Today, 09:00: Moved to another time"],
  ])("%j", (more, words) => {
    expect(firingInWords({ ...firing, ...more }, reader)).toBe(words);
  });

  test("on each channel", () => {
    const sent = { channel: "email", deliver_at: firing.fire_at, sent_at: firing.fire_at, late: 125, outcome: "sent" } as const;
    expect(deliveryInWords(sent, reader)).toBe("E-mail 2 min late");
    expect(deliveryInWords({ ...sent, channel: "push", sent_at: null, late: null, outcome: null }, reader)).toBe("Push: not sent yet");
    expect(deliveryInWords({ ...sent, channel: "push", sent_at: null, late: null, outcome: "gone" }, reader)).toBe("Push: gone");
  });
});

test.each([
  [0.4, "0 s"],
  [59, "59 s"],
  [125, "2 min"],
  [7500, "2 h 5 min"],
  [90_000, "1 day"],
  [200_000, "2 days"],
])("%d seconds are %s", (seconds, words) => {
  expect(lengthInWords(seconds)).toBe(words);
});
