import { useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import { newId } from "../../api/newId";
import type { Reminder, Task, TaskPatch } from "../../api/types";
import { useAsk } from "../../data/useAsk";
import { useChanging } from "./changing";
import { NewReminder, type Wanted } from "./NewReminder";
import { ReminderRow } from "./ReminderRow";
import { Section } from "./Section";

const MOST = 10;

/** When a task reminds of itself, and what became of it when it did. */
export function Reminders({ task }: { task: Task }) {
  const ask = useAsk();
  const { change } = useChanging();
  const opener = useRef<HTMLButtonElement>(null);
  const { data } = useQuery({
    queryKey: ["reminders", task.id, task.version],
    queryFn: () => ask("get", "/api/tasks/{task_id}/reminders", { path: { task_id: task.id } }),
    enabled: task.version > 0 && task.reminders.length > 0,
    staleTime: 0,
    gcTime: 60_000,
    placeholderData: (before) => before,
  });
  const own = task.reminders.filter(({ kind }) => kind !== "snooze");
  const keep = (reminders: readonly (Reminder | Wanted)[]) => {
    change({ reminders: reminders as NonNullable<TaskPatch["reminders"]> });
  };
  return (
    <Section title="Reminders">
      {task.reminders.length === 0 ? null : (
        <ul aria-label="Reminders" className="grid gap-1">
          {task.reminders.map((reminder) => (
            <ReminderRow
              key={reminder.id}
              task={task}
              reminder={reminder}
              receipt={data?.items.find(({ id }) => id === reminder.id)}
              onRemove={() => {
                keep(task.reminders.filter((other) => other.id !== reminder.id && !(other.kind === "snooze" && other.of === reminder.id)));
                opener.current?.focus();
              }}
            />
          ))}
        </ul>
      )}
      {own.length >= MOST ? (
        <p className="text-sm text-quiet">A task has at most {MOST} reminders.</p>
      ) : (
        <NewReminder task={task} opener={opener} onAdd={(wanted) => { keep([...task.reminders, { ...wanted, id: newId() }]); }} />
      )}
    </Section>
  );
}
