import { useState } from "react";
import { addMonths, monthOf, type Day } from "../time/calendarDays";
import { Field } from "./Field";
import { MonthGrid } from "./MonthGrid";
import { MonthTurner } from "./MonthTurner";
import { quickDays, type QuickDay } from "./quickDays";
import { longDayInWords, monthInWords, shortDayInWords } from "./inWords";
import * as say from "./words";

export interface ChosenDate {
  date: Day;
  /** "09:00" */
  time: string | null;
}

interface Props {
  value: ChosenDate | null;
  onChange: (value: ChosenDate | null) => void;
  /** A day was chosen: whoever opened this may close it. Setting the time goes on. */
  onDone?: () => void;
  today: Day;
  /** 0 is Sunday. */
  weekStart: number;
  locale: string;
  /** Some dates have no time: when a task may begin. */
  withTime?: boolean;
  /** Days that are chosen without the month. */
  quick?: readonly QuickDay[];
  /** What it is called to choose none. */
  none?: string;
}

/** What a popover about a date holds: quick choices, a month, and a time of day. */
export function DatePicker({ value, onChange, onDone, today, weekStart, locale, withTime = true, quick = quickDays(today), none = say.noDate }: Props) {
  const [active, setActive] = useState(value?.date ?? today);
  const choose = (date: Day | null) => {
    onChange(date === null ? null : { date, time: value?.time ?? null });
    onDone?.();
  };
  const month = monthOf(active);
  const monthName = monthInWords(month, locale);
  return (
    <div className="grid w-72 max-w-full gap-3 pointer-coarse:w-80">
      <ul className="grid">
        {quick.map(({ name, day }) => (
          <li key={name}>
            <QuickChoice name={name} hint={shortDayInWords(day, locale)} chosen={value?.date === day} onChoose={() => { choose(day); }} />
          </li>
        ))}
        {value === null ? null : (
          <li>
            <QuickChoice name={none} hint="" chosen={false} onChoose={() => { choose(null); }} />
          </li>
        )}
      </ul>
      <div>
        <MonthTurner name={monthName} onTurn={(months) => { setActive(addMonths(active, months)); }} />
        <MonthGrid
          month={month}
          active={active}
          onActive={setActive}
          onChoose={choose}
          chosen={value?.date ?? null}
          today={today}
          weekStart={weekStart}
          locale={locale}
          label={monthName}
        />
      </div>
      {withTime ? (
        <TimeOfDay
          time={value?.time ?? null}
          hint={value === null ? say.timeAlone(longDayInWords(today, locale)) : undefined}
          onChange={(time) => {
            if (value !== null || time !== null) onChange({ date: value?.date ?? today, time });
          }}
        />
      ) : null}
    </div>
  );
}

function QuickChoice({ name, hint, chosen, onChoose }: { name: string; hint: string; chosen: boolean; onChoose: () => void }) {
  return (
    <button
      type="button"
      aria-pressed={chosen}
      onClick={onChoose}
      className="flex min-h-8 w-full cursor-pointer items-center justify-between rounded-md px-2 hover:bg-wash aria-pressed:font-semibold pointer-coarse:min-h-touch"
    >
      {name}
      <span className="text-sm text-quiet">{hint}</span>
    </button>
  );
}

/** What is typed counts once it is left or confirmed: an hour half typed is no time yet. */
function TimeOfDay({ time, hint, onChange }: { time: string | null; hint: string | undefined; onChange: (time: string | null) => void }) {
  const [typed, setTyped] = useState(time ?? "");
  const [of, setOf] = useState(time);
  if (of !== time) {
    setOf(time);
    setTyped(time ?? "");
  }
  const settle = (text: string) => {
    const next = text === "" ? null : text.slice(0, 5);
    if (next !== time) onChange(next);
  };
  return (
    <div className="flex items-end gap-2">
      <Field label={say.time} className="grow" {...(hint === undefined ? {} : { hint })}>
        {(told) => (
          <input
            {...told}
            type="time"
            className="box"
            value={typed}
            onChange={(event) => { setTyped(event.target.value); }}
            onBlur={() => { settle(typed); }}
            onKeyDown={(event) => {
              if (event.key === "Enter") settle(typed);
            }}
          />
        )}
      </Field>
      {time === null ? null : (
        <button type="button" className="link min-h-10 px-1 text-sm pointer-coarse:min-h-touch" onClick={() => { onChange(null); }}>
          {say.noTime}
        </button>
      )}
    </div>
  );
}
