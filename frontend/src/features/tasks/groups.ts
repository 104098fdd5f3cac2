/** Tasks under headings. */
import type { List, Priority, Tag, Task } from "../../api/types";
import { dayOf } from "../../data/days";
import { nameOfList, priorityInWords, priorityNames } from "../../data/names";
import { isFinished, type Known } from "../../data/shapes";
import { addDays } from "../../time/calendarDays";
import * as say from "./words";

/** What becomes of a task that is put under a heading. */
export type Given = { due_day: string } | { priority: Priority } | { status: Task["status"] } | { list: string } | { due: null } | { add_tags: string[] };

export interface Group {
  key: string;
  title: string | null;
  tasks: readonly Task[];
  /** Headings where the same task may stand again. */
  isOneOfSeveral?: boolean;
  day?: string;
  isLate?: boolean;
  given: Given | null;
}

export const groupings = ["none", "day", "priority", "list", "tag"] as const;
export type Grouping = (typeof groupings)[number];

export interface Surroundings {
  lists: readonly List[];
  tags: readonly Tag[];
  zone: string;
  today: string;
  isLate: (task: Task) => boolean;
  dayInWords: (day: string) => string;
}

/** The keys that give them, on a row and in the menu. */
export const byNumber: readonly { key: string; priority: Priority }[] = [
  { key: "1", priority: "urgent" },
  { key: "2", priority: "high" },
  { key: "3", priority: "medium" },
  { key: "4", priority: "low" },
  { key: "0", priority: "none" },
];

export function grouped(tasks: readonly Task[], by: Grouping, around: Surroundings): Group[] {
  switch (by) {
    case "none":
      return [{ key: "all", title: null, tasks, given: null }];
    case "day":
      return byDay(tasks, around);
    case "priority":
      return sorted(tasks, (task) => [task.priority], Object.keys(priorityNames) as Priority[]).map(([priority, those]) => ({
        key: priority,
        title: priorityInWords(priority),
        tasks: those,
        given: { priority },
      }));
    case "list":
      return sorted(tasks, (task) => [task.list], around.lists.map(({ id }) => id)).map(([list, those]) => ({
        key: list,
        title: nameOfList(around.lists.find(({ id }) => id === list)),
        tasks: those,
        given: { list },
      }));
    case "tag":
      return sorted(tasks, (task) => (task.tags.length === 0 ? [""] : task.tags), [...around.tags.map(({ id }) => id), ""]).map(([tag, those]) => ({
        key: tag === "" ? "no tag" : tag,
        title: around.tags.find(({ id }) => id === tag)?.name ?? say.noTags,
        tasks: those,
        isOneOfSeveral: true,
        given: tag === "" ? null : { add_tags: [tag] },
      }));
  }
}

function byDay(tasks: readonly Task[], { zone, today, isLate, dayInWords }: Surroundings): Group[] {
  const isBehind = (task: Task) => (dayOf(task, zone) ?? today) < today || (!isFinished(task) && isLate(task));
  const late = tasks.filter(isBehind);
  const days = filed(tasks.filter((task) => !isBehind(task)), (task) => [dayOf(task, zone) ?? ""]);
  const dated = [...days].filter(([day]) => day !== "").sort(([one], [other]) => (one < other ? -1 : 1));
  const undated = days.get("") ?? [];
  return [
    ...(late.length > 0 ? [overdue(late)] : []),
    ...dated.map(([day, those]) => ({ key: day, title: dayInWords(day), tasks: those, day, given: { due_day: day } })),
    ...(undated.length > 0 ? [{ key: "no date", title: say.noDate, tasks: undated, given: { due: null } }] : []),
  ];
}

const overdue = (tasks: readonly Task[]): Group => ({ key: "overdue", title: say.overdueGroup, tasks, isLate: true, given: null });

/** By what is held now: a task that is finished stands in its group until the view is left, as it was. */
export const openOf = (tasks: readonly Task[], known: Known): string[] =>
  tasks.map(({ id }) => id).filter((id) => {
    const task = known.task.get(id);
    return task !== undefined && !isFinished(task);
  });

/** What is overdue, and what is for today. Today is there even when nothing is, so that there is a place to put things. */
export function todays(tasks: readonly Task[], { today, isLate, dayInWords }: Surroundings): Group[] {
  const isBehind = (task: Task) => !isFinished(task) && isLate(task);
  const late = tasks.filter(isBehind);
  const rest = late.length === 0 ? tasks : tasks.filter((task) => !isBehind(task));
  return [
    ...(late.length > 0 ? [overdue(late)] : []),
    { key: today, title: late.length > 0 ? dayInWords(today) : null, tasks: rest, day: today, given: { due_day: today } },
  ];
}

/** The next days one by one, also those with nothing to do; further ahead only days on which something is due. */
export function upcomings(tasks: readonly Task[], around: Surroundings, days: number): Group[] {
  const groups = byDay(
    tasks.filter((task) => task.due !== null),
    around,
  );
  const busy = new Set(groups.map(({ day }) => day));
  const free = Array.from({ length: days }, (_, ahead) => addDays(around.today, ahead))
    .filter((day) => !busy.has(day))
    .map((day): Group => ({ key: day, title: around.dayInWords(day), tasks: [], day, given: { due_day: day } }));
  return [...groups.filter(({ isLate }) => isLate), ...[...groups.filter(({ isLate }) => !isLate), ...free].sort((one, other) => (one.key < other.key ? -1 : 1))];
}

function filed<K extends string>(tasks: readonly Task[], keysOf: (task: Task) => readonly K[]): Map<K, Task[]> {
  const groups = new Map<K, Task[]>();
  for (const task of tasks) {
    for (const key of keysOf(task)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [task]);
      else group.push(task);
    }
  }
  return groups;
}

/** Groups in the order of `order`; what that does not know comes last. */
function sorted<K extends string>(tasks: readonly Task[], keysOf: (task: Task) => readonly K[], order: readonly K[]): [K, Task[]][] {
  const places = new Map(order.map((key, place) => [key, place]));
  const placeOf = (key: K) => places.get(key) ?? order.length;
  return [...filed(tasks, keysOf)].sort(([one], [other]) => placeOf(one) - placeOf(other));
}
