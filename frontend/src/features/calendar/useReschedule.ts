import { useCallback } from "react";
import { useData, usePerson } from "../../data/DataContext";
import { dayOf, type Day } from "../../data/days";
import { shortDayInWords } from "../../ui/words";
import { dueOn } from "./byDay";

/** Puts a task on another day; what was done, as a sentence, or null where it was there already. */
export function useReschedule(): (id: string, day: Day) => string | null {
  const data = useData();
  const { zone, locale } = usePerson();
  return useCallback(
    (id, day) => {
      const task = data.known().task.get(id);
      if (task === undefined || dayOf(task, zone) === day) return null;
      const says = `Moved “${task.title}” to ${shortDayInWords(day, locale)}`;
      data.acts.change(id, dueOn(task, day, zone), says);
      return says;
    },
    [data, zone, locale],
  );
}
