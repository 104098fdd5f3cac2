import { useLayoutEffect, useMemo, useRef, type KeyboardEvent, type ReactNode } from "react";
import { addDays, addMonths, monthOf, startOfWeek, weekNumber, weeksOf, type Day } from "../time/calendarDays";
import { longDayInWords, weekdayInWords } from "./inWords";
import * as say from "./words";

export interface GridProps {
  /** "2026-11" */
  month: string;
  /** The one day that the Tab key comes to; arrow keys go on from it. */
  active: Day;
  /** The person moved on, perhaps into another month. */
  onActive: (day: Day) => void;
  onChoose: (day: Day) => void;
  chosen?: Day | null;
  today: Day;
  /** 0 is Sunday. */
  weekStart: number;
  locale: string;
  label: string;
  /** What is to be said of a day besides its name: "3 tasks". */
  about?: (day: Day) => string;
  /** What stands in a day below its number. */
  children?: (day: Day) => ReactNode;
  weekNumbers?: boolean;
  /** What else is said of a day in the markup, as what may be dropped on it. */
  dayMarks?: (day: Day) => Readonly<Record<`data-${string}`, string>>;
  /** Another key on a day; true if it was one that the caller knows. */
  onDayKey?: (day: Day, event: KeyboardEvent) => boolean;
  className?: string;
}

/** One month as a grid of days: arrow keys move by day and week, Page Up and Down by month, with Shift by year. */
export function MonthGrid(props: GridProps) {
  const { month, active, onActive, onChoose, weekStart, locale, label, weekNumbers = false, onDayKey, children, className = "" } = props;
  const grid = useRef<HTMLDivElement>(null);
  const moved = useRef(false);
  const weeks = useMemo(() => weeksOf(month, weekStart), [month, weekStart]);

  useLayoutEffect(() => {
    if (!moved.current) return;
    const cell = grid.current?.querySelector<HTMLElement>(`[data-day="${active}"]`);
    if (cell === null || cell === undefined) return; // its month is on the way
    moved.current = false;
    cell.focus();
  }, [active, month]);

  function press(day: Day, event: KeyboardEvent) {
    if (onDayKey?.(day, event) === true) return;
    const next = event.altKey || event.ctrlKey || event.metaKey ? null : dayAfter(event, day, weekStart);
    if (next !== null) {
      moved.current = true;
      onActive(next);
    } else if (event.target === event.currentTarget && (event.key === "Enter" || event.key === " ")) onChoose(day);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  const columns = weekNumbers ? "grid-cols-[1.75rem_repeat(7,minmax(0,1fr))]" : "grid-cols-7";
  return (
    <div ref={grid} role="grid" aria-label={label} className={`grid grid-rows-[auto] ${className}`}>
      <div role="row" className={`grid ${columns}`}>
        {weekNumbers ? (
          <div role="columnheader" className="text-xs text-quiet">
            <span className="sr-only">{say.week}</span>
          </div>
        ) : null}
        {(weeks[0] ?? []).map((day) => (
          <div key={day} role="columnheader" aria-label={weekdayInWords(day, locale)} className={`py-1 text-center text-xs text-quiet ${children === undefined ? "" : "w-8"}`}>
            {weekdayInWords(day, locale, "short")}
          </div>
        ))}
      </div>
      {weeks.map((days) => (
        <div key={days[0]} role="row" className={`grid ${columns}`}>
          {weekNumbers ? (
            <div role="rowheader" className="pt-2 text-xs text-quiet">
              {weekNumber(days[0] ?? "")}
            </div>
          ) : null}
          {days.map((day) => (
            <DayCell key={day} {...props} day={day} onPress={press} />
          ))}
        </div>
      ))}
    </div>
  );
}

interface CellProps extends GridProps {
  day: Day;
  onPress: (day: Day, event: KeyboardEvent) => void;
}

function DayCell({ month, active, onChoose, chosen = null, today, locale, about, dayMarks, children, day, onPress }: CellProps) {
  const said = about?.(day) ?? "";
  const name = say.dayCell(longDayInWords(day, locale), day === today, said === "" ? "" : `, ${said}`);
  const look = day === chosen ? "bg-accent text-on-accent" : day === today ? "font-semibold text-accent ring-1 ring-accent ring-inset" : "";
  const number = (
    <span
      aria-hidden="true"
      className={`inline-grid place-items-center rounded-full ${children === undefined ? "size-9 pointer-coarse:size-touch" : "size-7"} ${look} ${
        monthOf(day) === month || day === chosen ? "" : "text-quiet"
      }`}
    >
      {Number(day.slice(8))}
    </span>
  );
  return (
    <div
      role="gridcell"
      {...dayMarks?.(day)}
      data-day={day}
      aria-label={children === undefined ? name : undefined}
      aria-selected={day === chosen}
      aria-current={day === today ? "date" : undefined}
      tabIndex={day === active ? 0 : -1}
      onClick={() => {
        onChoose(day);
      }}
      onKeyDown={(event) => {
        onPress(day, event);
      }}
      className={`min-w-0 cursor-pointer ${children === undefined ? "rounded-md text-center hover:bg-wash" : "relative border-t border-line p-0.5 data-over:bg-tint"}`}
    >
      {number}
      {/* With something in it, a day is called by that as well. */}
      {children === undefined ? null : <span className="sr-only">{name}</span>}
      {children?.(day)}
    </div>
  );
}

function dayAfter(event: KeyboardEvent, day: Day, weekStart: number): Day | null {
  switch (event.key) {
    case "ArrowLeft":
      return addDays(day, -1);
    case "ArrowRight":
      return addDays(day, 1);
    case "ArrowUp":
      return addDays(day, -7);
    case "ArrowDown":
      return addDays(day, 7);
    case "Home":
      return startOfWeek(day, weekStart);
    case "End":
      return addDays(startOfWeek(day, weekStart), 6);
    case "PageUp":
      return addMonths(day, event.shiftKey ? -12 : -1);
    case "PageDown":
      return addMonths(day, event.shiftKey ? 12 : 1);
    default:
      return null;
  }
}
