import { CalendarDays, X } from "lucide-react";
import { useId, useRef } from "react";
import type { Task } from "../../api/types";
import { usePerson } from "../../data/DataContext";
import { Button } from "../../ui/Button";
import { DatePicker } from "../../ui/DatePicker";
import { IconButton } from "../../ui/IconButton";
import { Popover } from "../../ui/Popover";
import { useChanging } from "./changing";
import { localInWords } from "./when";

/** From what day on somebody means to work on it. */
export function StartField({ task }: { task: Task }) {
  const person = usePerson();
  const { change } = useChanging();
  const id = useId();
  const opener = useRef<HTMLButtonElement>(null);
  const words = task.start === null ? "No date" : localInWords(task.start, person);
  return (
    <div className="grid content-start gap-1">
      <span id={id} className="text-sm text-quiet">Start</span>
      <div className="flex items-center gap-1">
        <Popover
          title="Start date"
          trigger={
            <Button ref={opener} aria-label={`Start: ${words}`} className="flex min-h-10 flex-1 items-center gap-2 text-left">
              <CalendarDays aria-hidden="true" className="size-4 text-quiet" />
              {words}
            </Button>
          }
        >
          <DatePicker
            withTime={false}
            value={task.start === null ? null : { date: task.start, time: null }}
            onChange={(chosen) => { change({ start: chosen?.date ?? null }); }}
            today={person.today}
            weekStart={person.weekStart}
            locale={person.locale}
          />
        </Popover>
        {task.start === null ? null : (
          <IconButton label="Clear start date" onClick={() => {
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
