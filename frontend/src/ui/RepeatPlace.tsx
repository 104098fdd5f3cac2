import { useId } from "react";
import { Choices } from "./Choices";
import { weekdayOptions } from "./RepeatUnit";
import { weekdayOf, type Nth, type Place, type Plan, type Weekday } from "./rule";
import * as say from "./words";

interface Props {
  plan: Plan;
  onChange: (plan: Plan) => void;
  start: string;
  weekStart: number;
  locale: string;
}

const nths: readonly [Nth, string][] = [
  [1, "first"],
  [2, "second"],
  [3, "third"],
  [4, "fourth"],
  [5, "fifth"],
  [-1, "last"],
];

const dates = [
  ...Array.from({ length: 31 }, (_, place) => ({ value: place + 1, short: String(place + 1), name: say.day(place + 1) })),
  { value: -1, short: say.last, name: say.theLastDay },
];

/** Which days of a month, or of one month of a year. */
export function RepeatPlace({ plan, onChange, start, weekStart, locale }: Props) {
  const name = useId();
  const { place } = plan;
  const date = Number(start.slice(8, 10));
  const onPlace = (next: Place) => {
    onChange({ ...plan, place: next });
  };
  return (
    <div className="grid gap-2">
      {plan.unit === "year" ? <MonthChoice month={plan.month} locale={locale} onChange={(month) => { onChange({ ...plan, month }); }} /> : null}
      <label className="flex min-h-8 items-center gap-2 pointer-coarse:min-h-11">
        <input type="radio" name={name} checked={place.by === "dates"} onChange={() => { onPlace({ by: "dates", dates: [date] }); }} />
        {say.onDates}
      </label>
      {place.by === "dates" ? (
        <Choices
          legend={say.onTheseDates}
          options={dates}
          chosen={place.dates}
          onChange={(chosen) => { onPlace({ by: "dates", dates: chosen }); }}
          className="grid grid-cols-7"
        />
      ) : null}
      <label className="flex min-h-8 items-center gap-2 pointer-coarse:min-h-11">
        <input
          type="radio"
          name={name}
          checked={place.by === "weekday"}
          onChange={() => { onPlace({ by: "weekday", nth: nthOf(date), weekday: weekdayOf(start) }); }}
        />
        {say.onAWeekday}
      </label>
      {place.by === "weekday" ? (
        <div className="flex items-center gap-2">
          <span>{say.the}</span>
          <select aria-label={say.whichOne} className="box" value={place.nth} onChange={(event) => { onPlace({ ...place, nth: Number(event.target.value) as Nth }); }}>
            {nths.map(([nth, word]) => (
              <option key={nth} value={nth}>
                {word}
              </option>
            ))}
          </select>
          <select
            aria-label={say.weekday}
            className="box"
            value={place.weekday}
            onChange={(event) => { onPlace({ ...place, weekday: event.target.value as Weekday | "workday" }); }}
          >
            {weekdayOptions(weekStart, locale).map(({ value, name: word }) => (
              <option key={value} value={value}>
                {word}
              </option>
            ))}
            <option value="workday">{say.workday}</option>
          </select>
        </div>
      ) : null}
    </div>
  );
}

function MonthChoice({ month, locale, onChange }: { month: number; locale: string; onChange: (month: number) => void }) {
  const format = new Intl.DateTimeFormat(locale, { timeZone: "UTC", month: "long" });
  return (
    <label className="flex items-center gap-2">
      {say.inMonths}
      <select aria-label={say.month} className="box" value={month} onChange={(event) => { onChange(Number(event.target.value)); }}>
        {Array.from({ length: 12 }, (_, place) => (
          <option key={place} value={place + 1}>
            {format.format(Date.UTC(2026, place))}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The 21st is in the third week of its month. */
const nthOf = (date: number): Nth => Math.ceil(date / 7) as Nth;
