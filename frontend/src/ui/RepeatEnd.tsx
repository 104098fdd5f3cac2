import { addMonths } from "../time/calendarDays";
import { DateButton } from "./DateButton";
import { Field } from "./Field";
import { NumberBox } from "./NumberBox";
import type { End } from "./rule";
import * as say from "./words";

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
    <Field label={say.ends}>
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
            <option value="never">{say.never}</option>
            <option value="date">{say.onADate}</option>
            <option value="count">{say.afterSomeTimes}</option>
          </select>
          {end.by === "date" ? (
            <DateButton
              {...reader}
              label={say.lastDay}
              withTime={false}
              value={{ date: end.day, time: null }}
              onChange={(chosen) => { onChange(chosen === null ? { by: "never" } : { by: "date", day: chosen.date }); }}
            />
          ) : null}
          {end.by === "count" ? (
            <>
              <NumberBox label={say.howManyTimes} value={end.times} max={MOST} onChange={(times) => { onChange({ by: "count", times }); }} />
              <span>{say.times}</span>
            </>
          ) : null}
        </div>
      )}
    </Field>
  );
}
