import { Choices } from "./Choices";
import { NumberBox } from "./NumberBox";
import { planFrom, UNITS, WEEKDAYS, type Plan, type Unit } from "./rule";

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
        <span>Every</span>
        <NumberBox
          label="How many"
          value={plan.every}
          max={MOST}
          onChange={(every) => {
            onChange({ ...plan, every });
          }}
        />
        <select
          aria-label="Unit"
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
          legend="On these days"
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

const SUNDAY = Date.UTC(2026, 10, 1);
const DAY = 86_400_000;

export function weekdayOptions(weekStart: number, locale: string) {
  const named = (weekday: "long" | "short", day: number) => new Intl.DateTimeFormat(locale, { timeZone: "UTC", weekday }).format(SUNDAY + day * DAY);
  return WEEKDAYS.map((value, day) => ({ value, short: named("short", day), name: named("long", day), place: (day - weekStart + 7) % 7 })).sort(
    (one, other) => one.place - other.place,
  );
}
