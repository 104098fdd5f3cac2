/** Reminders of a task: each by itself, so that those of two devices are both kept. */
import type { Reminder } from "../api/types";
import type { Do } from "./acts";
import { set } from "./deeds";
import type { Known, Request, Write } from "./shapes";
import { named } from "./taskActs";
import * as say from "./words";

export const reminderActs = (act: Do, known: Known) => {
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

    snooze(task: string, reminder: string, until: { minutes: number } | { until: string }): Write {
      const request = { method: "post" as const, path: `/api/tasks/${task}/reminders/${reminder}/snooze`, body: until };
      return act({ says: say.snoozed(named(known, [task])), kind: null, request, shows: [], guard: null });
    },
  };
};

/** With it goes what was snoozed of it. */
export const withoutReminder = (reminders: readonly Reminder[], gone: string): Reminder[] =>
  reminders.filter((each) => each.id !== gone && !(each.kind === "snooze" && each.of === gone));
