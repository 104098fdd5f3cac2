import { useEffect, useRef, useState } from "react";
import { sentence } from "../../api/problem";
import { changed } from "../../address/params";
import { useAddress, useGo } from "../../address/useAddress";
import { useCommands } from "../../commands/useCommands";
import { useLoading, usePerson } from "../../data/DataContext";
import { Failed } from "../../ui/Failed";
import { Skeleton } from "../../ui/Skeleton";
import { usePart } from "../../ui/usePart";
import { monthInWords } from "../../ui/inWords";
import { addMonths, monthOf, weeksOf, type Day } from "../../time/calendarDays";
import { Agenda } from "./Agenda";
import { CalendarHead } from "./CalendarHead";
import { DayList } from "./DayList";
import { Month } from "./Month";
import { Tray } from "./Tray";
import { useDays } from "./useDays";
import { useReschedule } from "./useReschedule";
import { useWeekNumbers } from "./useWeekNumbers";
import { useWidth } from "./useWidth";
import * as say from "./words";

interface Props {
  /** "2026-11"; null is the month we are in. */
  month: string | null;
  /** Somebody wants to add a task that is due on this day. */
  onAdd: (day: Day) => void;
}

/** Narrower, days have dots for their tasks; wider, what waits for a day stands beside the month. */
const ROOM_FOR_TASKS = 560;
const ROOM_BESIDE = 860;

export function Calendar({ month: asked, onAdd }: Props) {
  const { today, weekStart, locale } = usePerson();
  const { params } = useAddress();
  const go = useGo();
  const loading = useLoading();
  const root = useRef<HTMLDivElement>(null);
  const width = useWidth(root);
  const [weekNumbers, setWeekNumbers] = useWeekNumbers();
  const month = asked ?? monthOf(today);
  const [at, setAt] = useState<Day>(params.day ?? today);
  const active = monthOf(at) === month ? at : monthOf(today) === month ? today : `${month}-01`;
  const chosen = params.day ?? null;
  const weeks = weeksOf(month, weekStart).flat();
  const { days, failed, retry } = useDays(weeks[0] ?? active, weeks.at(-1) ?? active, chosen, params.done === true);
  const move = useReschedule();

  const goTo = (day: Day) => {
    setAt(day);
    if (monthOf(day) === month) return;
    go.to({ name: "calendar", month: monthOf(day) }, changed(params, { day: null, sel: null }));
  };
  const turn = (months: -1 | 0 | 1) => {
    goTo(months === 0 ? today : addMonths(`${month}-01`, months));
  };
  const choose = (day: Day | null) => {
    if (day !== null) setAt(day);
    go.set({ day: day === params.day ? null : day });
  };
  const close = () => {
    root.current?.querySelector<HTMLElement>(`[role=grid] [data-day="${params.day ?? ""}"]`)?.focus();
    choose(null);
  };
  useDragging(root, move);
  useCommands([
    { id: "calendar-next", label: say.nextMonth, keys: ["n"], group: say.calendar, run: () => { turn(1); } },
    { id: "calendar-previous", label: say.previousMonth, keys: ["p"], group: say.calendar, run: () => { turn(-1); } },
    { id: "calendar-today", label: say.thisMonth, keys: ["."], group: say.calendar, run: () => { turn(0); } },
    { id: "calendar-add", label: say.addTaskOnThisDay, keys: ["q", "+"], group: say.calendar, run: () => { onAdd(active); } },
    { id: "calendar-close", label: say.closeTheDay, keys: ["esc"], group: say.calendar, when: () => params.day !== undefined, run: close },
  ]);

  const common = { month, active, onActive: goTo, chosen, onChoose: choose, onOpen: go.open, onAdd, days };
  const beside = (
    <>
      {chosen === null || width < ROOM_FOR_TASKS ? null : (
        <DayList day={chosen} {...days.on(chosen)} onOpen={go.open} onAdd={onAdd} onClose={close} />
      )}
      <Tray day={active} onOpen={go.open} onPut={(id) => { move(id, active); }} />
    </>
  );
  return (
    <div ref={root} data-broad="" className="grid gap-4">
      <CalendarHead
        name={monthInWords(month, locale)}
        onTurn={turn}
        done={params.done === true}
        onDone={(done) => { go.set({ done: done ? true : null }); }}
        weekNumbers={weekNumbers}
        onWeekNumbers={setWeekNumbers}
        wide={width >= ROOM_FOR_TASKS}
      />
      {failed === null ? null : <Failed what={say.finishedUnread} why={sentence(failed)} requestId={null} onRetry={() => void retry()} />}
      {loading.state === "failed" ? (
        <Failed what={say.couldNotBeFilled} why={sentence(loading.error)} requestId={null} onRetry={loading.retry} />
      ) : loading.state === "loading" || width === 0 ? (
        <Skeleton what={say.loadingTheCalendar} rows={6} />
      ) : (
        <div className={width >= ROOM_BESIDE ? "grid grid-cols-[minmax(0,1fr)_17rem] items-start gap-6" : "grid gap-6"}>
          {width < ROOM_FOR_TASKS ? <Agenda {...common} /> : <Month {...common} weekNumbers={weekNumbers} onMove={move} />}
          <div className="grid gap-6">{beside}</div>
        </div>
      )}
    </div>
  );
}

const loadDragging = () => import("./dragging");

/** What drags is loaded once the calendar is there. */
function useDragging(root: React.RefObject<HTMLElement | null>, onDrop: (task: string, day: Day) => void) {
  const dragging = usePart(loadDragging);
  const latest = useRef(onDrop);
  useEffect(() => {
    latest.current = onDrop;
  });
  useEffect(() => {
    if (dragging === null || root.current === null) return;
    return dragging.drags(root.current, (task, day) => { latest.current(task, day); });
  }, [root, dragging]);
}
