/** Reminders of a task: each by itself, so that those of two devices are both kept. */
import { namedId } from "../api/namedId";
import type { Reminder } from "../api/types";
import type { Do } from "./acts";
import { set } from "./deeds";
import type { Effect, Known, Request, Write } from "./shapes";
import { named } from "./taskActs";
import * as say from "./words";

export const reminderActs = (act: Do, known: Known, now: () => Date = () => new Date()) => {
  function change(task: string, request: Request, become: (before: readonly Reminder[]) => readonly Reminder[]): Write {
    const reminders = become(known.task.get(task)?.reminders ?? []);
    return act({ says: say.changed(named(known, [task])), kind: null, request, shows: [set("task", task, { reminders })], guard: null });
  }
  return {
    addReminder(task: string, reminder: Reminder): Write {
      return change(task, { method: "post", path: `/api/tasks/${task}/reminders`, body: reminder }, (before) => [...before, reminder]);
    },

    removeReminder(task: string, id: string): Write {
      return change(task, { method: "delete", path: `/api/tasks/${task}/reminders/${id}` }, (before) => withoutReminder(before, id));
    },

    snooze(task: string, reminder: string, until: Until): Write {
      const request = { method: "post" as const, path: `/api/tasks/${task}/reminders/${reminder}/snooze`, body: until };
      return act({ says: say.snoozed(named(known, [task])), kind: null, request, shows: snoozed(task, reminder, until), guard: null });
    },
  };

  function snoozed(task: string, reminder: string, until: Until): Effect[] {
    const before = known.task.get(task)?.reminders ?? [];
    const named = before.find(({ id }) => id === reminder);
    if (named === undefined) return [];
    const of = named.kind === "snooze" ? named.of : named.id;
    const again: Reminder = { id: namedId(of, "snooze"), kind: "snooze", at: comesAt(until, now()), of };
    return [set("task", task, { reminders: [...before.filter((each) => !(each.kind === "snooze" && each.of === of)), again] })];
  }
};

type Until = { minutes: number } | { until: string };

/** To the second, and not before now, as the server has it. */
function comesAt(until: Until, now: Date): string {
  const wanted = "minutes" in until ? now.getTime() + until.minutes * 60_000 : Date.parse(until.until);
  const instant = Math.max(wanted, now.getTime());
  return new Date(instant - (instant % 1000)).toISOString();
}

/** With it goes what was snoozed of it. */
export const withoutReminder = (reminders: readonly Reminder[], gone: string): Reminder[] =>
  reminders.filter((each) => each.id !== gone && !(each.kind === "snooze" && each.of === gone));
