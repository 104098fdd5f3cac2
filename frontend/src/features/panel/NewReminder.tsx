import { useEffect, useRef, useState, type RefObject } from "react";
import type { Reminder, Task } from "../../api/types";
import { usePerson } from "../../data/DataContext";
import { minutesBeforeInWords } from "../../ui/beforeInWords";
import { Button } from "../../ui/Button";
import { DateButton } from "../../ui/DateButton";
import { SelectField, TextField } from "../../ui/Field";
import { addDays } from "../../time/calendarDays";
import { isOwnEscape } from "./escape";
import * as say from "./words";

type Without<T> = T extends unknown ? Omit<T, "id"> : never;
export type Wanted = Without<Exclude<Reminder, { kind: "snooze" }>>;

const before = [0, 5, 10, 30, 60, 120];
const MORNING = "09:00";

/** What can be said of a task: minutes before only where there is a time to be before. */
export function NewReminder({ task, opener, onAdd }: { task: Task; opener: RefObject<HTMLButtonElement | null>; onAdd: (wanted: Wanted) => void }) {
  const [isOpen, setOpen] = useState(false);
  const wasOpen = useRef(false);
  useEffect(() => {
    if (wasOpen.current && !isOpen) opener.current?.focus();
    wasOpen.current = isOpen;
  }, [isOpen, opener]);
  if (!isOpen) {
    return (
      <Button ref={opener} kind="quiet" className="justify-self-start" onClick={() => { setOpen(true); }}>
        {say.addAReminder}
      </Button>
    );
  }
  const done = (wanted: Wanted | null) => {
    setOpen(false);
    if (wanted !== null) onAdd(wanted);
  };
  return <Choice task={task} onDone={done} />;
}

function Choice({ task, onDone }: { task: Task; onDone: (wanted: Wanted | null) => void }) {
  const first = useRef<HTMLSelectElement>(null);
  useEffect(() => {
    first.current?.focus();
  }, []);
  const person = usePerson();
  const hasTime = task.due?.includes("T") === true;
  const [choice, setChoice] = useState(hasTime ? "before 30" : task.due === null ? "absolute" : "days");
  const [days, setDays] = useState("1");
  const [at, setAt] = useState(MORNING);
  const [moment, setMoment] = useState({ date: addDays(person.today, 1), time: MORNING });
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape is a shortcut; Cancel does the same
    <form
      aria-label={say.newReminder}
      className="grid gap-2 rounded-md bg-wash p-3"
      onKeyDown={(event) => {
        if (!isOwnEscape(event)) return;
        event.preventDefault();
        event.stopPropagation();
        onDone(null);
      }}
      onSubmit={(event) => {
        event.preventDefault();
        onDone(wantedOf(choice, days, at, `${moment.date}T${moment.time}:00`));
      }}
    >
      <SelectField ref={first} label={say.remindMe} value={choice} onChange={(event) => { setChoice(event.target.value); }}>
        {hasTime ? before.map((minutes) => <option key={minutes} value={`before ${minutes}`}>{minutesBeforeInWords(minutes, person.locale)}</option>) : null}
        {hasTime ? <option value="minutes">{say.someMinutesBefore}</option> : null}
        {task.due === null ? null : <option value="days">{say.someDaysBefore}</option>}
        <option value="absolute">{say.atDateAndTime}</option>
      </SelectField>
      {choice === "minutes" ? <TextField label={say.minutesBefore} type="number" min={0} max={5_270_400} required value={days} onChange={(event) => { setDays(event.target.value); }} /> : null}
      {choice === "days" ? (
        <div className="grid grid-cols-2 gap-2">
          <TextField label={say.daysBefore} type="number" min={0} max={3660} required value={days} onChange={(event) => { setDays(event.target.value); }} />
          <TextField label={say.at} type="time" required value={at} onChange={(event) => { setAt(event.target.value); }} />
        </div>
      ) : null}
      {choice === "absolute" ? (
        <DateButton
          label={say.dateAndTime}
          value={moment}
          onChange={(chosen) => { setMoment({ date: chosen?.date ?? person.today, time: chosen?.time ?? MORNING }); }}
          today={person.today}
          weekStart={person.weekStart}
          locale={person.locale}
        />
      ) : null}
      <div className="flex gap-2">
        <Button kind="main" type="submit">{say.add}</Button>
        <Button kind="quiet" onClick={() => { onDone(null); }}>{say.cancel}</Button>
      </div>
    </form>
  );
}

function wantedOf(choice: string, count: string, at: string, moment: string): Wanted {
  if (choice === "minutes") return { kind: "before", minutes: Number(count) };
  if (choice === "days") return { kind: "days_before", days: Number(count), at };
  if (choice === "absolute") return { kind: "absolute", at: moment };
  return { kind: "before", minutes: Number(choice.slice("before ".length)) };
}
