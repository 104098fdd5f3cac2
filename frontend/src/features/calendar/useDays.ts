import { useCallback, useMemo } from "react";
import type { Task } from "../../api/types";
import { useKnown, usePerson } from "../../data/DataContext";
import type { Known } from "../../data/shapes";
import type { Day } from "../../time/calendarDays";
import { openByDay } from "./byDay";
import { useComing, type Coming } from "./useComing";
import { useFinished } from "./useFinished";
import * as say from "./words";

export interface OfDay {
  open: readonly Task[];
  finished: readonly Task[];
  coming: readonly Coming[];
}

export interface Days {
  on: (day: Day) => OfDay;
  /** "2 tasks, 1 finished", for those who listen. */
  about: (day: Day) => string;
}

/** What stands on the days from one to another. */
export function useDays(from: Day, to: Day, withFinished: boolean) {
  const { zone, locale } = usePerson();
  const open = useKnown(useCallback((known: Known) => openByDay(known, { zone }), [zone]));
  const finished = useFinished(from, to, withFinished);
  const coming = useComing(from, to);
  const days = useMemo<Days>(() => {
    const on = (day: Day): OfDay => ({ open: open.get(day) ?? [], finished: finished.days.get(day) ?? [], coming: coming.get(day) ?? [] });
    const about = (day: Day) => {
      const { open: tasks, finished: done, coming: later } = on(day);
      return [
        tasks.length === 0 ? [] : [say.tasks(tasks.length, locale)],
        done.length === 0 ? [] : [say.finished(done.length, locale)],
        later.length === 0 ? [] : [say.toCome(later.length, locale)],
      ].flat().join(", ");
    };
    return { on, about };
  }, [open, finished.days, coming, locale]);
  return { days, failed: finished.error, retry: finished.refetch };
}
