import { useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Ask } from "../../api/client";
import type { Task } from "../../api/types";
import { useKnown, usePerson, sameItems } from "../../data/DataContext";
import type { Known } from "../../data/shapes";
import { openTasks } from "../../data/views";
import { useAsk } from "../../data/useAsk";
import { addDays, daysBetween, type Day } from "../../time/calendarDays";

/** Series are asked about one by one; of more than so many, the later ones are not. */
const MOST = 30;

export interface Coming {
  task: Task;
  time: string | null;
}

/** What will follow of the tasks that repeat, by day. It is lightly drawn, and only there once the server has said it. */
export function useComing(from: Day, to: Day): ReadonlyMap<Day, readonly Coming[]> {
  const { zone } = usePerson();
  const ask = useAsk();
  const series = useKnown(repeating, sameItems);
  const answers = useQueries({
    queries: series.map(({ recurrence, slot }) => ({
      queryKey: ["calendar", "coming", recurrence.rule, recurrence.start, recurrence.zone ?? zone, slot, from, to],
      queryFn: ({ signal }: { signal: AbortSignal }) => comingOf(ask, recurrence, slot, recurrence.zone ?? zone, from, to, signal),
      enabled: slot.slice(0, 10) <= to,
    })),
    combine: (results) => results.map(({ data }) => data),
  });
  return useMemo(() => {
    const days = new Map<Day, Coming[]>();
    for (const [place, occurrences] of answers.entries()) {
      const task = series[place]?.task;
      if (task === undefined) continue;
      for (const occurrence of occurrences ?? []) {
        const day = occurrence.slice(0, 10);
        if (day > to) break;
        days.set(day, [...(days.get(day) ?? []), { task, time: occurrence.includes("T") ? occurrence.slice(11, 16) : null }]);
      }
    }
    return days;
  }, [answers, series, to]);
}

interface Repeating {
  task: Task;
  recurrence: NonNullable<Task["recurrence"]>;
  slot: string;
}

const kept = new WeakMap<Task, Repeating>();

/** What counts from its completion has no dates before it is done; what repeats by the hour would fill each day. */
function repeating(known: Known): readonly Repeating[] {
  const found = openTasks(known).flatMap((task) => {
    const { recurrence, slot } = task;
    if (recurrence?.state !== "active" || recurrence.kind !== "fixed" || slot === null || recurrence.start === "" || recurrence.rule.startsWith("FREQ=HOURLY")) return [];
    const one = kept.get(task) ?? { task, recurrence, slot };
    kept.set(task, one);
    return [one];
  });
  return found.sort((one, other) => (one.slot < other.slot ? -1 : 1)).slice(0, MOST);
}

async function comingOf(ask: Ask, { rule, start }: Repeating["recurrence"], slot: string, zone: string, from: Day, to: Day, signal: AbortSignal): Promise<readonly string[]> {
  const eve = addDays(from, -1);
  const after = slot.slice(0, 10) < eve ? eve : slot.slice(0, 10);
  const answer = await ask("post", "/api/recurrence/preview", { body: { rule, start, zone, after, count: daysBetween(from, to) + 1 }, signal });
  return answer.occurrences;
}
