import { useLayoutEffect, useMemo, useRef, type KeyboardEvent, type ReactNode } from "react";
import { addDays, addMonths, monthOf, startOfWeek, weekNumber, weeksOf, type Day } from "./calendarDays";

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
  /** Another key on a day; true if it was one that the caller knows. */
  onDayKey?: (day: Day, event: KeyboardEvent) => boolean;
  className?: string;
}

/** One month as a grid of days: arrow keys move by day and week, Page Up and Down by month, with Shift by year. */
export function MonthGrid(props: GridProps) {
  const { month, active, onActive, onChoose, weekStart, locale, label, weekNumbers = false, onDayKey, className = "" } = props;
  const grid = useRef<HTMLDivElement>(null);
  const moved = useRef(false);
  const weeks = useMemo(() => weeksOf(month, weekStart), [month, weekStart]);
  const names = useMemo(() => weekdayNames(weeks[0] ?? [], locale), [weeks, locale]);

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
    <div ref={grid} role="grid" aria-label={label} className={`grid auto-rows-fr grid-rows-[auto] ${className}`}>
      <div role="row" className={`grid ${columns}`}>
        {weekNumbers ? (
          <div role="columnheader" className="text-xs text-quiet">
            <span className="sr-only">Week</span>
          </div>
        ) : null}
        {names.map(({ long, short }) => (
          <div key={long} role="columnheader" aria-label={long} className="py-1 text-center text-xs text-quiet">
            {short}
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

function DayCell({ month, active, onChoose, chosen = null, today, locale, about, children, day, onPress }: CellProps) {
  const said = about?.(day) ?? "";
  const name = `${dayName(day, locale)}${day === today ? ", today" : ""}${said === "" ? "" : `, ${said}`}`;
  const look = day === chosen ? "bg-accent text-on-accent" : day === today ? "font-semibold text-accent ring-1 ring-accent ring-inset" : "";
  const number = (
    <span
      aria-hidden="true"
      className={`inline-grid place-items-center rounded-full ${children === undefined ? "size-9 pointer-coarse:size-11" : "size-7"} ${look} ${
        monthOf(day) === month || day === chosen ? "" : "text-quiet"
      }`}
    >
      {Number(day.slice(8))}
    </span>
  );
  return (
    <div
      role="gridcell"
      data-day={day}
      aria-label={name}
      aria-selected={day === chosen}
      aria-current={day === today ? "date" : undefined}
      tabIndex={day === active ? 0 : -1}
      onClick={() => {
        onChoose(day);
      }}
      onKeyDown={(event) => {
        onPress(day, event);
      }}
      className={`min-w-0 cursor-pointer ${children === undefined ? "rounded-md text-center hover:bg-paper" : ""}`}
    >
      {number}
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

/** "Saturday 21 November 2026" */
export function dayName(day: Day, locale: string): string {
  const options = { timeZone: "UTC", weekday: "long", day: "numeric", month: "long", year: "numeric" } as const;
  return new Intl.DateTimeFormat(locale, options).format(Date.parse(day));
}

function weekdayNames(week: readonly Day[], locale: string): { long: string; short: string }[] {
  const long = new Intl.DateTimeFormat(locale, { timeZone: "UTC", weekday: "long" });
  const short = new Intl.DateTimeFormat(locale, { timeZone: "UTC", weekday: "short" });
  return week.map((day) => ({ long: long.format(Date.parse(day)), short: short.format(Date.parse(day)) }));
}
