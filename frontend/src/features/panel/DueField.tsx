import { CalendarDays, X } from "lucide-react";
import { useId, useRef } from "react";
import { sentence } from "../../api/problem";
import type { Task } from "../../api/types";
import { usePerson } from "../../data/DataContext";
import { patchOf } from "../../data/understood";
import { useUnderstanding } from "../../data/useUnderstanding";
import { localInWords, readInWords } from "../../ui/dateInWords";
import { DatePicker } from "../../ui/DatePicker";
import { IconButton } from "../../ui/IconButton";
import { Popover } from "../../ui/Popover";
import { useRested } from "../../ui/useRested";
import { useChanging } from "./changing";
import { chosenOf, dueOf } from "./chosenDate";
import { isOwnEscape } from "./escape";
import { useDraft } from "./useDraft";
import * as say from "./words";

const PAUSE = 250; // ms without another key

/** When a task is due: as it is said, or picked from a calendar. */
export function DueField({ task }: { task: Task }) {
  const person = usePerson();
  const { change, draftOf } = useChanging();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const asked = useRef<string | null>(null);
  const typed = useDraft(draftOf("due"), task.due === null ? "" : localInWords(task.due, person));
  const isEmptied = typed.isBegun && typed.text.trim() === "";
  const text = typed.isBegun ? typed.text : "";
  const { understood, error, now } = useUnderstanding(text, useRested(text, PAUSE), task.zone ?? person.zone, person.today);
  const save = async () => {
    if (!typed.isBegun || asked.current === typed.text) return;
    if (isEmptied) {
      change({ due: null });
      typed.drop();
      return;
    }
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
      <label htmlFor={id} className="text-sm text-quiet">{say.due}</label>
      <div className="flex items-center gap-1">
        <input
          ref={field}
          id={id}
          className="box"
          aria-describedby={`${id}-said`}
          placeholder={say.dueExample}
          autoComplete="off"
          maxLength={200}
          value={typed.text}
          onFocus={(event) => { event.target.select(); }}
          onChange={(event) => { typed.type(event.target.value); }}
          onBlur={trySaving}
          onKeyDown={(event) => {
            if (event.key === "Enter") trySaving();
            else if (typed.isBegun && isOwnEscape(event)) {
              event.preventDefault();
              event.stopPropagation();
              typed.drop();
            }
          }}
        />
        <Popover title={say.dueDate} trigger={<IconButton label={say.pickADueDate}><CalendarDays aria-hidden="true" /></IconButton>} align="end">
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
          <IconButton label={say.clearDueDate} onClick={() => {
              change({ due: null });
              field.current?.focus();
            }}>
            <X aria-hidden="true" />
          </IconButton>
        )}
      </div>
      <p id={`${id}-said`} role="status" className="text-sm text-quiet empty:hidden">
        {isEmptied ? say.enterClearsIt : typed.isBegun ? readInWords(understood, error === null ? null : sentence(error), person) : null}
      </p>
      {task.zone === null || task.zone === person.zone ? null : (
        <p className="text-sm text-quiet">
          {say.inZone(task.zone)}{" "}
          <button type="button" className="link" onClick={() => { change({ zone: null }); }}>
            {say.useMyOwnZone}
          </button>
        </p>
      )}
    </div>
  );
}
