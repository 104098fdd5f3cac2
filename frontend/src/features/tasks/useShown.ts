import { useCallback, useDeferredValue, useMemo, useState } from "react";
import type { Task } from "../../api/types";
import type { Params } from "../../address/params";
import { useKnownOncePainted, useLists, usePerson, useTags } from "../../data/DataContext";
import { isFinished, type Known } from "../../data/shapes";
import { isOverdue } from "../../data/days";
import { useMinute } from "../../data/minute";
import { longDayInWords } from "../../ui/inWords";
import { grouped, todays, upcomings, type Group, type Grouping, type Surroundings } from "./groups";
import { belongsTo, isOnView, staysUntilLeft, type FoundIds, type TasksView } from "./membership";
import { groupingOf, sortOf } from "./options";
import { Ordering } from "./ordering";
import { standsAsBefore } from "./placement";
import * as say from "./words";

const DAYS_AHEAD = 14;

interface Wanted {
  found: FoundIds | null;
  isBoard: boolean;
  withFinished: boolean;
}

interface Shown {
  tasks: readonly Task[];
  groups: Group[];
  /** There are none yet, but they will be drawn in a moment. */
  isComing: boolean;
}

/** The view's tasks under their headings; the same object again as long as none of them moves. */
export function useShown(view: TasksView, params: Params, { found, isBoard, withFinished }: Wanted): Shown {
  const person = usePerson();
  const minute = useMinute();
  const { zone, locale, today } = person;
  const lists = useLists();
  const tags = useTags();
  const [ordering] = useState(() => new Ordering());
  const [since] = useState(() => new Date().toISOString());
  const sort = sortOf(view, params);
  const by = groupingOf(params);
  const now = view.name === "today" || view.name === "upcoming" || by === "day" ? minute : null; // elsewhere nothing moves when it becomes late
  const select = useCallback(
    (known: Known) => {
      const belongs = belongsTo(view, { lists: known.list, zone, today, since }, found);
      const tasks: Task[] = [];
      for (const task of known.task.values()) {
        if (isOnView(task, { since, withFinished, found }) && belongs(task)) tasks.push(task);
      }
      return tasks;
    },
    // Another order looks at other fields, of which those that were kept may be old.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [view, zone, today, found, since, withFinished, isBoard, sort],
  );
  const same = (before: readonly Task[], after: readonly Task[]) => {
    const ways = { sort, movesWhenFinished: isBoard || view.name === "today", since };
    return before.length === after.length && before.every((task, place) => standsAsBefore(task, after[place] ?? task, ways));
  };
  // Of ten thousand tasks the order is made anew after what was done is on the screen: each row knows of its own task.
  const latest = useKnownOncePainted(select, same);
  const tasks = useDeferredValue(latest);
  const groups = useMemo(() => {
    const isLate = (task: Task) => now !== null && isOverdue(task, person, now);
    const around: Surroundings = { lists, tags, zone, today, isLate, dayInWords: (day) => headingOf(day, today, locale) };
    const isByCompletion = sort.some(({ order }) => order === "completed");
    const shown = ordering.of(tasks, sort, zone);
    if (isBoard) return columns(shown, isByCompletion);
    const isEarly = (task: Task) => isFinished(task) && !staysUntilLeft(task, since);
    const early = shown.filter(isEarly);
    const groups = groupsOf(view, early.length === 0 ? shown : shown.filter((task) => !isEarly(task)), by, around);
    return early.length === 0 ? groups : [...groups, finishedGroup(early, isByCompletion)];
  }, [tasks, lists, tags, zone, today, locale, view, sort, by, isBoard, since, ordering, person, now]);
  return { tasks, groups, isComing: tasks.length === 0 && latest.length > 0 };
}

function groupsOf(view: TasksView, tasks: readonly Task[], by: Grouping, around: Surroundings): Group[] {
  if (by !== "none") return grouped(tasks, by, around);
  if (view.name === "today") return todays(tasks, around);
  if (view.name === "upcoming") return upcomings(tasks, around, DAYS_AHEAD);
  return grouped(tasks, "none", around);
}

const lastFirst = (one: Task, other: Task) => ((one.completed_at ?? one.updated_at) < (other.completed_at ?? other.updated_at) ? 1 : -1);

/** The last first, unless somebody wants them otherwise. */
const finishedGroup = (tasks: readonly Task[], isByCompletion: boolean): Group => ({
  key: "finished",
  title: say.finished,
  tasks: isByCompletion ? tasks : [...tasks].sort(lastFirst),
  given: { status: "done" },
});

const columns = (tasks: readonly Task[], isByCompletion: boolean): Group[] => [
  { key: "todo", title: say.toDo, tasks: tasks.filter(({ status }) => status === "todo"), given: { status: "todo" } },
  { key: "in_progress", title: say.inProgress, tasks: tasks.filter(({ status }) => status === "in_progress"), given: { status: "in_progress" } },
  finishedGroup(tasks.filter(isFinished), isByCompletion),
];

/** "Today · Saturday 21 November" */
function headingOf(day: string, today: string, locale: string): string {
  const long = longDayInWords(day, locale);
  return day === today ? say.todayIs(long) : long;
}
