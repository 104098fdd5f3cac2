import { Repeat } from "lucide-react";
import { useCallback, useId, useState } from "react";
import type { Ask } from "../../api/client";
import type { Task } from "../../api/types";
import { usePerson } from "../../data/DataContext";
import { isFinished } from "../../data/shapes";
import { useAsk } from "../../data/useAsk";
import { Button } from "../../ui/Button";
import { Popover } from "../../ui/Popover";
import { RepeatPicker } from "../../ui/RepeatPicker";
import { useChanging } from "./changing";
import { Neighbours } from "./Neighbours";
import { Occurrences } from "./Occurrences";
import * as say from "./words";

/** How a task repeats: in words, with its next dates, and a picker for another way. */
export function RepeatField({ task }: { task: Task }) {
  const person = usePerson();
  const ask = useAsk();
  const { change } = useChanging();
  const id = useId();
  const [open, setOpen] = useState(false);
  const { recurrence } = task;
  const start = task.slot ?? task.due ?? person.today;
  const zone = recurrence?.zone ?? task.zone ?? person.zone;
  const preview = useCallback((rule: string) => previewOf(ask, rule, start, zone), [ask, start, zone]);
  if (isFinished(task) && recurrence === null) return task.series === null ? null : <div className="col-span-full"><Neighbours task={task} /></div>;
  return (
    <div className="col-span-full grid gap-1">
      <span id={id} className="text-sm text-quiet">{say.repeats}</span>
      <div>
        <Popover
          title={say.howItRepeats}
          className="scroll-pb-20 p-3" // what stays at its foot hides no field that has the focus
          open={open}
          onOpenChange={setOpen}
          trigger={
            <Button aria-describedby={id} className="flex min-h-10 items-center gap-2 text-left">
              <Repeat aria-hidden="true" className="size-4 flex-none text-quiet" />
              {recurrence === null ? say.doesNotRepeat : say.changeHowItRepeats}
            </Button>
          }
        >
          <RepeatPicker
            value={recurrence}
            onSave={(repeat) => {
              setOpen(false);
              change({ recurrence: repeat });
            }}
            onCancel={() => { setOpen(false); }}
            start={start}
            today={person.today}
            weekStart={person.weekStart}
            locale={person.locale}
            preview={preview}
          />
        </Popover>
      </div>
      {recurrence === null ? null : <Occurrences task={task} recurrence={recurrence} zone={zone} />}
      <Neighbours task={task} />
    </div>
  );
}

const previewOf = (ask: Ask, rule: string, start: string, zone: string) =>
  ask("post", "/api/recurrence/preview", { body: { rule, start, zone, count: 5 } });
