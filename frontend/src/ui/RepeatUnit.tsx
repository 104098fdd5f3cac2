import { addDays } from "../time/calendarDays";
import { Choices } from "./Choices";
import { NumberBox } from "./NumberBox";
import { planFrom, UNITS, weekdayOf, type Plan, type Unit } from "./rule";
import { weekdayInWords } from "./inWords";
import * as say from "./words";

interface Props {
  plan: Plan;
  onChange: (plan: Plan) => void;
  /** What it repeats from: a date, or a local time. */
  start: string;
  weekStart: number;
  locale: string;
}

const units: Record<Unit, [one: string, more: string]> = {
  hour: ["hour", "hours"],
  day: ["day", "days"],
  week: ["week", "weeks"],
  month: ["month", "months"],
  year: ["year", "years"],
};

const MOST = 999;

/** Every so many days, weeks, …; and of weeks, on which days. */
export function RepeatUnit({ plan, onChange, start, weekStart, locale }: Props) {
  const hasTime = start.includes("T");
  return (
    <div className="grid gap-2">
      <div className="flex items-center gap-2">
        <span>{say.every}</span>
        <NumberBox
          label={say.howMany}
          value={plan.every}
          max={MOST}
          onChange={(every) => {
            onChange({ ...plan, every });
          }}
        />
        <select
          aria-label={say.unit}
          className="box"
          value={plan.unit}
          onChange={(event) => {
            const { every, end, weekStart: kept } = plan;
            onChange({ ...planFrom(start, event.target.value as Unit), every, end, weekStart: kept });
          }}
        >
          {UNITS.filter((unit) => unit !== "hour" || hasTime || plan.unit === "hour").map((unit) => (
            <option key={unit} value={unit}>
              {units[unit][plan.every === 1 ? 0 : 1]}
            </option>
          ))}
        </select>
      </div>
      {plan.unit === "week" ? (
        <Choices
          legend={say.onTheseDays}
          options={weekdayOptions(weekStart, locale)}
          chosen={plan.weekdays}
          onChange={(weekdays) => {
            onChange({ ...plan, weekdays });
          }}
          className="grid grid-cols-7"
        />
      ) : null}
    </div>
  );
}

/** In the order of the person's week. */
export function weekdayOptions(weekStart: number, locale: string) {
  return Array.from({ length: 7 }, (_, place) => {
    const day = addDays(SUNDAY, weekStart + place);
    return { value: weekdayOf(day), short: weekdayInWords(day, locale, "short"), name: weekdayInWords(day, locale) };
  });
}

const SUNDAY = "2026-11-01";
