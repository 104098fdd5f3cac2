import { useRef } from "react";
import { newId } from "../../api/newId";
import type { Task } from "../../api/types";
import { useActs } from "../../data/useActs";
import { reminderActs, withoutReminder } from "../../data/reminderActs";
import { useChanging } from "./changing";
import { NewReminder, type Wanted } from "./NewReminder";
import { ReminderRow } from "./ReminderRow";
import { Section } from "./Section";
import { useReceipts } from "./useReceipts";
import * as say from "./words";

const MOST = 10;

/** When a task reminds of itself, and what became of it when it did. */
export function Reminders({ task }: { task: Task }) {
  const acts = useActs(reminderActs);
  const { scope, change } = useChanging();
  const opener = useRef<HTMLButtonElement>(null);
  const receipts = useReceipts(task);
  const { id, reminders } = task;
  const own = reminders.filter(({ kind }) => kind !== "snooze");
  const add = (wanted: Wanted) => {
    const reminder = { ...wanted, id: newId() };
    if (scope === "future") change({ reminders: [...reminders, reminder] });
    else acts.addReminder(id, reminder);
  };
  const remove = (gone: string) => {
    if (scope === "future") change({ reminders: withoutReminder(reminders, gone) });
    else acts.removeReminder(id, gone);
    opener.current?.focus();
  };
  return (
    <Section title={say.reminders}>
      {reminders.length === 0 ? null : (
        <ul aria-label={say.reminders} className="grid gap-1">
          {reminders.map((reminder) => (
            <ReminderRow
              key={reminder.id}
              task={task}
              reminder={reminder}
              receipt={receipts.find((receipt) => receipt.id === reminder.id)}
              onRemove={() => {
                remove(reminder.id);
              }}
            />
          ))}
        </ul>
      )}
      {own.length >= MOST ? (
        <p className="text-sm text-quiet">{say.mostReminders(MOST)}</p>
      ) : (
        <NewReminder task={task} opener={opener} onAdd={add} />
      )}
    </Section>
  );
}
