import { CalendarPlus } from "lucide-react";
import type { Task } from "../../api/types";
import { useData, useIsUnsent, usePerson, useTask } from "../../data/DataContext";
import { dayOf, isOverdue, timeOf } from "../../data/days";
import { useMinute } from "../../data/minute";
import { isFinished } from "../../data/shapes";
import { IconButton } from "../../ui/IconButton";
import { dueInWords, shortDayInWords, timeInWords } from "../../ui/inWords";
import * as say from "./words";

interface Props {
  task: Task;
  /** Its day is said too, as it stands under no heading that says it. */
  dated?: boolean;
  onOpen: (id: string) => void;
  /** Where it can be put, besides being dragged. */
  put?: { day: string; onPut: (id: string) => void };
}

/** A task in a list beside the month: ticked, opened, dragged. */
export function DayRow({ task: filed, dated = false, onOpen, put }: Props) {
  const { acts } = useData();
  // Where it stands is found after what was done to it is on the screen.
  const task = useTask(filed.id) ?? filed;
  const person = usePerson();
  const unsent = useIsUnsent(task.id);
  const finished = isFinished(task);
  const minute = useMinute();
  const late = !finished && isOverdue(task, person, minute);
  return (
    <li {...(finished ? {} : { "data-task": task.id })} className="group flex items-center gap-2 border-b border-line py-1.5 data-dragged:opacity-50">
      <input
        type="checkbox"
        data-cancelled={task.status === "cancelled" || undefined}
        className="tick"
        aria-label={task.title}
        checked={finished}
        onChange={({ currentTarget }) => {
          if (finished) {
            acts.reopen([task.id]);
          } else {
            focusBeside(currentTarget);
            acts.complete([task.id]);
          }
        }}
      />
      <button
        type="button"
        onClick={() => {
          onOpen(task.id);
        }}
        className={`min-h-8 min-w-0 flex-1 cursor-pointer text-left wrap-anywhere hover:underline pointer-coarse:min-h-touch ${finished ? "text-quiet line-through" : ""}`}
      >
        <span className="sr-only">{say.open} </span>
        {task.title}
      </button>
      {unsent ? <span className="text-sm text-warn">{say.notSentYet}</span> : null}
      <When task={task} dated={dated} late={late} />
      {put === undefined ? null : (
        <IconButton
          label={say.putOn(task.title, shortDayInWords(put.day, person.locale))}
          onClick={() => {
            put.onPut(task.id);
          }}
        >
          <CalendarPlus aria-hidden="true" />
        </IconButton>
      )}
    </li>
  );
}

/** What is done leaves the list, and the focus stays in it. */
function focusBeside(box: HTMLElement) {
  const row = box.closest("li");
  (row?.nextElementSibling ?? row?.previousElementSibling)?.querySelector("input")?.focus();
}

function When({ task, dated, late }: { task: Task; dated: boolean; late: boolean }) {
  const { zone, today, locale } = usePerson();
  const [day, time] = [dayOf(task, zone), timeOf(task, zone)];
  if (day === null || (!dated && time === null)) return null;
  return (
    <span className={`flex-none text-sm ${late ? "text-warn" : "text-quiet"}`}>
      {dated ? dueInWords(day, time, today, locale) : time === null ? "" : timeInWords(time, locale)}
      {late ? <span className="sr-only">{say.overdue}</span> : null}
    </span>
  );
}
