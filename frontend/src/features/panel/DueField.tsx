import { CalendarDays, X } from "lucide-react";
import { useId, useRef } from "react";
import { sentence } from "../../api/problem";
import type { Task } from "../../api/types";
import { usePerson } from "../../data/DataContext";
import { DatePicker } from "../../ui/DatePicker";
import { IconButton } from "../../ui/IconButton";
import { Popover } from "../../ui/Popover";
import { useChanging } from "./changing";
import { chosenOf, dueOf } from "./chosenDate";
import { patchOf } from "./understood";
import { useDraft } from "./useDraft";
import { useUnderstanding } from "./useUnderstanding";
import { localInWords, type Reader } from "./when";

/** When a task is due: as it is said, or picked from a calendar. */
export function DueField({ task }: { task: Task }) {
  const person = usePerson();
  const { change, draftOf } = useChanging();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const asked = useRef<string | null>(null);
  const typed = useDraft(draftOf("due"), "");
  const { understood, error, now } = useUnderstanding(typed.text, task.zone ?? person.zone, person.today);
  const save = async () => {
    if (!typed.isBegun || asked.current === typed.text) return;
    asked.current = typed.text; // Enter, and then leaving the field, save it once
    const said = await now();
    if (asked.current !== typed.text) return;
    asked.current = null;
    const isTypedOn = field.current !== null && field.current.value !== typed.text;
    if (isTypedOn || said?.rest !== "") return;
    change(patchOf(said));
    typed.drop();
  };
  const trySaving = () => {
    save().catch(() => {
      asked.current = null; // what went wrong stands below the field
    });
  };
  return (
    <div className="col-span-full grid gap-1">
      <label htmlFor={id} className="text-sm text-quiet">Due</label>
      <div className="flex items-center gap-1">
        <input
          ref={field}
          id={id}
          className="box"
          aria-describedby={`${id}-said`}
          placeholder="fri 9am, in 3 days, every month…"
          autoComplete="off"
          maxLength={200}
          value={typed.isBegun ? typed.text : task.due === null ? "" : localInWords(task.due, person)}
          onFocus={(event) => { event.target.select(); }}
          onChange={(event) => { typed.type(event.target.value); }}
          onBlur={trySaving}
          onKeyDown={(event) => {
            if (event.key === "Enter") trySaving();
          }}
        />
        <Popover title="Due date" trigger={<IconButton label="Pick a due date"><CalendarDays aria-hidden="true" /></IconButton>} align="end">
          <DatePicker
            value={chosenOf(task.due)}
            onChange={(chosen) => {
              typed.drop();
              change({ due: dueOf(chosen) });
            }}
            today={person.today}
            weekStart={person.weekStart}
            locale={person.locale}
          />
        </Popover>
        {task.due === null ? null : (
          <IconButton label="Clear due date" onClick={() => {
              change({ due: null });
              field.current?.focus();
            }}>
            <X aria-hidden="true" />
          </IconButton>
        )}
      </div>
      <p id={`${id}-said`} role="status" className="text-sm text-quiet empty:hidden">
        {typed.isBegun ? said(understood, error, person) : null}
      </p>
      {task.zone === null || task.zone === person.zone ? null : (
        <p className="text-sm text-quiet">
          In {task.zone}.{" "}
          <button type="button" className="link" onClick={() => { change({ zone: null }); }}>
            Use my own zone
          </button>
        </p>
      )}
    </div>
  );
}

function said(understood: ReturnType<typeof useUnderstanding>["understood"], error: Error | null, reader: Reader): string {
  if (error !== null) return `${sentence(error)} The calendar works all the same.`;
  if (understood === undefined) return "";
  if (understood === null) return "No date was understood. Try “fri 9am” or “27 Nov”.";
  const when = `${understood.recurrence === null ? "" : "Repeats from "}${localInWords(understood.due, reader)}`;
  return understood.rest === "" ? `${when}. Enter saves it.` : `${when}, but “${understood.rest}” was not understood.`;
}
