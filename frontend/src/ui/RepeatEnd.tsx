import { addMonths } from "../time/calendarDays";
import { DateButton } from "./DateButton";
import { Field } from "./Field";
import { NumberBox } from "./NumberBox";
import type { End } from "./rule";

const MOST = 9999;
const SOME = 10;

interface Props {
  end: End;
  onChange: (end: End) => void;
  start: string;
  today: string;
  weekStart: number;
  locale: string;
}

/** When it is over: never, on a day, or after so many times. */
export function RepeatEnd({ end, onChange, start, ...reader }: Props) {
  return (
    <Field label="Ends">
      {(told) => (
        <div className="flex flex-wrap items-center gap-2">
          <select
            {...told}
            className="box"
            value={end.by}
            onChange={(event) => {
              const by = event.target.value;
              if (by === "date") onChange({ by, day: addMonths(start.slice(0, 10), 12) });
              else onChange(by === "count" ? { by, times: SOME } : { by: "never" });
            }}
          >
            <option value="never">never</option>
            <option value="date">on a date</option>
            <option value="count">after some times</option>
          </select>
          {end.by === "date" ? (
            <DateButton
              {...reader}
              label="Last day"
              withTime={false}
              value={{ date: end.day, time: null }}
              onChange={(chosen) => { onChange(chosen === null ? { by: "never" } : { by: "date", day: chosen.date }); }}
            />
          ) : null}
          {end.by === "count" ? (
            <>
              <NumberBox label="How many times" value={end.times} max={MOST} onChange={(times) => { onChange({ by: "count", times }); }} />
              <span>times</span>
            </>
          ) : null}
        </div>
      )}
    </Field>
  );
}
