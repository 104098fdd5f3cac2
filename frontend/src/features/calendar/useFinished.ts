import { useQuery } from "@tanstack/react-query";
import { useCallback, useDeferredValue, useEffect, useMemo } from "react";
import type { Ask } from "../../api/client";
import type { Task } from "../../api/types";
import { sameItems, useData, useKnown, usePerson } from "../../data/DataContext";
import { dayAt } from "../../data/days";
import type { Known } from "../../data/shapes";
import { useAsk } from "../../data/useAsk";
import { addDays, type Day } from "../../time/calendarDays";
import { byDay } from "./byDay";

const PAGE = 200;
/** More than so many in one month is not read day by day any more. */
const MOST = 2_000;

const none: readonly Task[] = [];

/** What was finished, by the day it was done. What these days lack is asked for while it is wanted, and held from then on. */
export function useFinished(from: Day, to: Day, wanted: boolean) {
  const { zone } = usePerson();
  const ask = useAsk();
  const data = useData();
  const { data: tasks, error, refetch } = useQuery({
    queryKey: ["calendar", "finished", from, to],
    queryFn: ({ signal }) => finishedBetween(ask, from, to, signal),
    enabled: wanted,
    staleTime: 0,
  });
  useEffect(() => {
    if (tasks !== undefined) data.learn("task", tasks);
  }, [data, tasks]);
  const select = useCallback((known: Known) => (wanted ? doneBetween(known, from, to) : none), [wanted, from, to]);
  const done = useDeferredValue(useKnown(select, sameItems));
  const days = useMemo(() => byDay(done, { zone }, (task) => dayDone(task, zone)), [done, zone]);
  return { days, error: wanted ? error : null, refetch };
}

/** A day more on either side: where its person is, it may have been another day than where clocks show UTC. */
function doneBetween(known: Known, from: Day, to: Day): Task[] {
  const [early, late] = [addDays(from, -1), addDays(to, 2)];
  return [...known.task.values()].filter(({ status, completed_at }) => status === "done" && completed_at !== null && completed_at >= early && completed_at < late);
}

const dayDone = ({ completed_at }: Task, zone: string): Day | null => (completed_at === null ? null : dayAt(new Date(completed_at), zone));

async function finishedBetween(ask: Ask, from: Day, to: Day, signal: AbortSignal): Promise<Task[]> {
  const found: Task[] = [];
  let cursor: string | null = null;
  do {
    const page: { items: Task[]; next: string | null } = await ask("get", "/api/tasks", {
      query: { status: ["done"], completed_from: from, completed_to: to, sort: "-completed", limit: PAGE, ...(cursor === null ? {} : { cursor }) },
      signal,
    });
    found.push(...page.items);
    cursor = page.next;
  } while (cursor !== null && found.length < MOST);
  return found;
}
