import { useCallback } from "react";
import { useData, usePerson } from "../../data/DataContext";
import { dayOf } from "../../data/days";
import { dueOn } from "../../data/dueOn";
import { shortDayInWords } from "../../ui/inWords";
import type { Day } from "../../time/calendarDays";
import * as say from "./words";

/** Puts a task on another day. What was done is said where all that is done is said. */
export function useReschedule(): (id: string, day: Day) => void {
  const data = useData();
  const { zone, locale } = usePerson();
  return useCallback(
    (id, day) => {
      const task = data.known().task.get(id);
      if (task === undefined || dayOf(task, zone) === day) return;
      data.acts.change(id, dueOn(task, day, zone), say.moved(task.title, shortDayInWords(day, locale)));
    },
    [data, zone, locale],
  );
}
