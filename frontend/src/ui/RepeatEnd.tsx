import { addMonths, type Day } from "./calendarDays";
import { Field } from "./Field";
import { NumberBox } from "./NumberBox";
import type { End } from "./rule";

const MOST = 9999;
const SOME = 10;

/** When it is over: never, on a day, or after so many times. */
export function RepeatEnd({ end, start, onChange }: { end: End; start: Day; onChange: (end: End) => void }) {
  return (
    <Field label="Ends">
      {(told) => (
        <div className="flex items-center gap-2">
          <select
            {...told}
            className="box"
            value={end.by}
            onChange={(event) => {
              const by = event.target.value;
              if (by === "date") onChange({ by, day: addMonths(start, 12) });
              else onChange(by === "count" ? { by, times: SOME } : { by: "never" });
            }}
          >
            <option value="never">never</option>
            <option value="date">on a date</option>
            <option value="count">after some times</option>
          </select>
          {end.by === "date" ? (
            <input
              type="date"
              aria-label="Last day"
              className="box"
              value={end.day}
              min={start}
              max="2200-12-31"
              onChange={(event) => {
                if (event.target.value !== "") onChange({ by: "date", day: event.target.value });
              }}
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
