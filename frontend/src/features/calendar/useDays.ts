import { useCallback, useDeferredValue, useMemo } from "react";
import type { Task } from "../../api/types";
import { sameItems, useKnown, usePerson } from "../../data/DataContext";
import { dayOf } from "../../data/days";
import type { Known } from "../../data/shapes";
import type { Day } from "../../time/calendarDays";
import { byDay, openBetween } from "./byDay";
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

/** What stands on the days from one to another, and on the one that is looked at. */
export function useDays(from: Day, to: Day, beside: Day | null, withFinished: boolean) {
  const { zone, locale } = usePerson();
  const select = useCallback((known: Known) => openBetween(known, { zone }, { from, to, beside }), [zone, from, to, beside]);
  // They are filed once what was done is on the screen: each row knows of its own task.
  const tasks = useDeferredValue(useKnown(select, sameItems));
  const open = useMemo(() => byDay(tasks, { zone }, (task) => dayOf(task, zone)), [tasks, zone]);
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
