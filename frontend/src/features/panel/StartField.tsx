import { X } from "lucide-react";
import { useId, useRef } from "react";
import type { Task } from "../../api/types";
import { usePerson } from "../../data/DataContext";
import { DateButton } from "../../ui/DateButton";
import { IconButton } from "../../ui/IconButton";
import { useChanging } from "./changing";
import * as say from "./words";

/** From what day on somebody means to work on it. */
export function StartField({ task }: { task: Task }) {
  const person = usePerson();
  const { change } = useChanging();
  const id = useId();
  const opener = useRef<HTMLButtonElement>(null);
  return (
    <div className="grid content-start gap-1">
      <span id={id} className="text-sm text-quiet">{say.start}</span>
      <div className="flex items-center gap-1">
        <DateButton
          label={say.start}
          opener={opener}
          withTime={false}
          value={task.start === null ? null : { date: task.start, time: null }}
          onChange={(chosen) => { change({ start: chosen?.date ?? null }); }}
          today={person.today}
          weekStart={person.weekStart}
          locale={person.locale}
        />
        {task.start === null ? null : (
          <IconButton label={say.clearStartDate} onClick={() => {
            change({ start: null });
            opener.current?.focus();
          }}>
            <X aria-hidden="true" />
          </IconButton>
        )}
      </div>
    </div>
  );
}
