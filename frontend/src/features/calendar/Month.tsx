import { Plus } from "lucide-react";
import { useLayoutEffect, useRef, useState, type KeyboardEvent } from "react";
import type { Task } from "../../api/types";
import { usePerson } from "../../data/DataContext";
import { dayOf } from "../../data/days";
import { dropTarget } from "../../ui/dropTarget";
import { IconButton } from "../../ui/IconButton";
import { MonthGrid } from "../../ui/MonthGrid";
import { longDayInWords, monthInWords } from "../../ui/inWords";
import { addDays, type Day } from "../../time/calendarDays";
import { ComingChip, TaskChip } from "./TaskChip";
import type { Days } from "./useDays";
import * as say from "./words";

export interface MonthProps {
  month: string;
  active: Day;
  onActive: (day: Day) => void;
  /** The day that is opened as a list. */
  chosen: Day | null;
  onChoose: (day: Day) => void;
  onOpen: (id: string) => void;
  onAdd: (day: Day) => void;
  days: Days;
}

interface Props extends MonthProps {
  weekNumbers: boolean;
  onMove: (id: string, day: Day) => void;
}

/** So many stand on a day; the others are behind "+3 more". */
const SHOWN = 3;

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

/** The month with its tasks on their days. Alt and an arrow key move the task that has the focus. */
export function Month({ onMove, onOpen, onAdd, days, ...grid }: Props) {
  const { zone, today, weekStart, locale } = usePerson();
  const root = useRef<HTMLDivElement>(null);
  const [moved, setMoved] = useState<{ id: string; day: Day } | null>(null);
  const follows = useRef(false);

  // The focus goes with a task that was moved, once it stands on its new day.
  useLayoutEffect(() => {
    if (!follows.current || moved === null) return;
    const cell = root.current?.querySelector(`[data-day="${moved.day}"]`);
    const chip = cell?.querySelector<HTMLElement>(`[data-task="${moved.id}"]`);
    if (chip === null || chip === undefined) return;
    follows.current = false;
    chip.focus();
  });

  const press = (task: Task, event: KeyboardEvent) => {
    const step = STEPS[event.key];
    const from = dayOf(task, zone);
    if (!event.altKey || step === undefined || from === null) return;
    event.preventDefault();
    event.stopPropagation();
    const day = addDays(from, step);
    follows.current = true;
    setMoved({ id: task.id, day });
    onMove(task.id, day);
    grid.onActive(day);
  };

  return (
    <div ref={root}>
      <MonthGrid
        {...grid}
        today={today}
        weekStart={weekStart}
        locale={locale}
        label={monthInWords(grid.month, locale)}
        about={days.about}
        dayMarks={(day) => dropTarget({ kind: "day", id: day })}
        onDayKey={(day, event) => {
          if (event.key !== "+" || event.ctrlKey || event.metaKey) return false;
          event.preventDefault();
          onAdd(day);
          return true;
        }}
      >
        {(day) => {
          const reachable = day === grid.active;
          const { open, finished, coming } = days.on(day);
          const tasks = shownOf([...open, ...finished], moved?.day === day ? moved.id : null);
          const hidden = open.length + finished.length - tasks.length;
          return (
            <div className="group/day grid min-h-20 content-start gap-0.5 pb-1">
              {tasks.map((task) => (
                <TaskChip key={task.id} task={task} reachable={reachable} onOpen={onOpen} onKey={press} />
              ))}
              {coming.slice(0, SHOWN - tasks.length).map((one) => (
                <ComingChip key={`${one.task.id} ${one.time ?? ""}`} coming={one} />
              ))}
              {hidden === 0 ? null : (
                <button
                  type="button"
                  tabIndex={reachable ? 0 : -1}
                  className="min-h-6 cursor-pointer rounded-sm px-1 text-left text-xs text-quiet hover:bg-wash hover:text-ink"
                  onClick={(event) => {
                    event.stopPropagation();
                    grid.onChoose(day);
                  }}
                >
                  {say.more(hidden)}
                </button>
              )}
              <IconButton
                label={say.addTaskOn(longDayInWords(day, locale))}
                tabIndex={reachable ? 0 : -1}
                className="absolute! top-0.5 right-0.5 size-7! opacity-0 group-hover/day:opacity-100 focus-visible:opacity-100 pointer-coarse:hidden!"
                onClick={(event) => {
                  event.stopPropagation();
                  onAdd(day);
                }}
              >
                <Plus aria-hidden="true" />
              </IconButton>
            </div>
          );
        }}
      </MonthGrid>
    </div>
  );
}

/** The first few; and among them the one that was just moved here. */
function shownOf(tasks: readonly Task[], held: string | null): readonly Task[] {
  const first = tasks.slice(0, SHOWN);
  const moved = held === null ? undefined : tasks.find(({ id }) => id === held);
  return moved === undefined || first.includes(moved) ? first : [...first.slice(0, SHOWN - 1), moved];
}
