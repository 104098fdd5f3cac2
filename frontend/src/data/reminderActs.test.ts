import { expect, test } from "vitest";
import type { Reminder } from "../api/types";
import { reminderActs } from "./reminderActs";
import type { Known } from "./shapes";
import { aTask } from "./tasksForTests";

const RING: Reminder = { id: "019a9f0e-4b00-7000-8000-00000000000b", kind: "absolute", at: "2026-11-21T09:00:00" };
const OTHER: Reminder = { id: "019a9f0e-4b00-7000-8000-00000000000c", kind: "absolute", at: "2026-11-21T12:00:00" };
const now = () => new Date("2026-11-21T10:00:00.500Z");

/** As the server calls what is snoozed of RING. */
const AGAIN = "a5df452f-aca2-5bc8-9047-eedc49f09296";
const again = (at: string): Reminder => ({ id: AGAIN, kind: "snooze", at, of: RING.id });

/** What the reminders of the task are shown to be. */
function shown(reminders: Reminder[], snoozed: string, until: { minutes: number } | { until: string }): unknown {
  const known = { task: new Map([["bread", aTask({ id: "bread", reminders })]]) } as unknown as Known;
  const acts = reminderActs((deed) => ({ ...deed, id: "w", at: 1, hides: [] }), known, now);
  const [effect] = acts.snooze("bread", snoozed, until).shows;
  return effect?.do === "set" ? effect.fields.reminders : undefined;
}

test("a snooze shows at once, as the one that the server will make of it", () => {
  expect(shown([RING, OTHER], RING.id, { minutes: 15 })).toEqual([RING, OTHER, again("2026-11-21T10:15:00.000Z")]);
});

test("it is in place of an earlier one, which may be snoozed itself", () => {
  const before = again("2026-11-21T09:30:00Z");

  expect(shown([RING, before, OTHER], RING.id, { minutes: 60 })).toEqual([RING, OTHER, again("2026-11-21T11:00:00.000Z")]);
  expect(shown([RING, before], AGAIN, { until: "2026-11-22T08:00:00.000Z" })).toEqual([RING, again("2026-11-22T08:00:00.000Z")]);
});

test("what is to come again before now is now", () => {
  expect(shown([RING], RING.id, { until: "2026-11-21T09:00:00.000Z" })).toEqual([RING, again("2026-11-21T10:00:00.000Z")]);
});

test("of a reminder that is gone nothing is shown", () => {
  expect(shown([OTHER], RING.id, { minutes: 15 })).toBeUndefined();
});
