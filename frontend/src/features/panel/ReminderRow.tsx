import { AlarmClock, X } from "lucide-react";
import type { Reminder, Task } from "../../api/types";
import { usePerson } from "../../data/DataContext";
import { reminderActs } from "../../data/reminderActs";
import { useActs } from "../../data/useActs";
import { laterAt } from "../../data/instants";
import { isFinished } from "../../data/shapes";
import { IconButton } from "../../ui/IconButton";
import { SnoozeMenu } from "../../ui/SnoozeMenu";
import { deliveryInWords, firingInWords, reminderInWords } from "./reminderInWords";
import type { Receipt } from "./shapes";
import * as say from "./words";

interface Props {
  task: Task;
  reminder: Reminder;
  receipt: Receipt | undefined;
  onRemove: () => void;
}

const MOST = 3; // firings told; the newest

export function ReminderRow({ task, reminder, receipt, onRemove }: Props) {
  const person = usePerson();
  const words = reminderInWords(reminder, person);
  const firings = (receipt?.firings ?? []).slice(0, MOST);
  const isDormant = receipt?.fire_at === null && firings.length === 0;
  return (
    <li className="flex items-start gap-1">
      <div className="min-w-0 flex-1 py-1">
        <p>{words}</p>
        <ul className="text-sm text-quiet empty:hidden">
          {firings.map((firing) => (
            <li key={`${firing.fire_at} ${firing.planned_at}`}>
              {firingInWords(firing, person)}
              {firing.deliveries.length === 0 ? null : ` · ${firing.deliveries.map((delivery) => deliveryInWords(delivery, person)).join(", ")}`}
            </li>
          ))}
          {isDormant ? <li>{task.due === null ? say.waitsForDueDate : say.remindsOfNothingNow}</li> : null}
        </ul>
      </div>
      {firings.some(({ state }) => state === "fired") && !isFinished(task) ? <Snooze task={task} reminder={reminder} words={words} /> : null}
      <IconButton label={say.removeReminder(words)} onClick={onRemove}>
        <X aria-hidden="true" />
      </IconButton>
    </li>
  );
}

function Snooze({ task, reminder, words }: { task: Task; reminder: Reminder; words: string }) {
  const acts = useActs(reminderActs);
  const { today, weekStart, locale, zone } = usePerson();
  const title = say.snoozeReminder(words);
  return (
    <SnoozeMenu
      title={title}
      trigger={<IconButton label={title}><AlarmClock aria-hidden="true" /></IconButton>}
      today={today}
      weekStart={weekStart}
      locale={locale}
      onChoose={(later) => { acts.snooze(task.id, reminder.id, laterAt(later, zone)); }}
    />
  );
}
