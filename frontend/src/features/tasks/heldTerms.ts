/** What one condition of a filter means, where what is held can tell; undefined where only the server can. */
import type { Priority, Status, Task } from "../../api/types";
import { dayOf, hasTime, isOverdue, type Clock } from "../../data/days";
import { isFinished, type Known } from "../../data/shapes";
import { addDays, addMonths, monthOf, nextWeekday, startOfWeek, type Day } from "../../time/calendarDays";

export interface Asker extends Clock {
  weekStart: number;
  now: Date;
}

export type Match = (task: Task) => boolean;

export interface Said {
  match: Match;
  /** It speaks of the status of tasks, so that it is not about open ones alone. */
  ofStatus?: boolean;
  /** The lists that it names, which may be archived ones. */
  lists?: readonly Match[];
}

const of = (match: Match): Said => ({ match });
const ofPriority = (priority: Priority) => of((task) => task.priority === priority);
const ofStatus = (...among: Status[]): Said => ({ match: ({ status }) => among.includes(status), ofStatus: true });

const noDate = of(({ due }) => due === null);
const noStart = of(({ start }) => start === null);
const noTags = of(({ tags }) => tags.length === 0);
const reminded = of(({ reminders }) => reminders.length > 0);
const unreminded = of(({ reminders }) => reminders.length === 0);
const overdue = ({ asker }: Around) => of((task) => !isFinished(task) && isOverdue(task, asker, asker.now));

interface Around {
  known: Known;
  asker: Asker;
}

const words: Readonly<Record<string, Said | ((around: Around) => Said)>> = {
  all: of(() => true),
  "view all": of(() => true),
  overdue,
  "over due": overdue,
  od: overdue,
  "no date": noDate,
  "no due date": noDate,
  "no start": noStart,
  "no start date": noStart,
  "no time": of((task) => task.due !== null && !hasTime(task)),
  p1: ofPriority("urgent"),
  p2: ofPriority("high"),
  p3: ofPriority("medium"),
  p4: ofPriority("low"),
  "no priority": ofPriority("none"),
  "no tags": noTags,
  "no labels": noTags,
  subtask: of(({ parent }) => parent !== null),
  "no parent": of(({ parent }) => parent === null),
  recurring: of(({ series }) => series !== null),
  "has reminder": reminded,
  "has reminders": reminded,
  "no reminder": unreminded,
  "no reminders": unreminded,
  open: ofStatus("todo", "in_progress"),
  todo: ofStatus("todo"),
  "to do": ofStatus("todo"),
  "in progress": ofStatus("in_progress"),
  in_progress: ofStatus("in_progress"),
};

const weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const periods = { last: -1, this: 0, next: 1 };
const DATED = /^(due|date|start) ?(before|after)? ?: ?(.+)$/u;

export function meantBy(term: string, around: Around): Said | undefined {
  const said = term.toLowerCase();
  if (/["\\*]/u.test(term)) return undefined;
  if (said.startsWith("#")) return inList(said.replace(/^##?\s*/u, ""), around.known);
  if (said.startsWith("@")) return withTag(said.slice(1).trim(), around.known);
  const word = Object.hasOwn(words, said) ? words[said] : undefined;
  if (word !== undefined) return typeof word === "function" ? word(around) : word;
  const [, about = "due", side, phrase = said] = DATED.exec(said) ?? [];
  const days = daysOf(phrase, around.asker, side !== undefined);
  return days === undefined ? undefined : within(about === "start" ? ({ start }) => start : (task) => dayOf(task, around.asker.zone), days, side);
}

function within(dayFor: (task: Task) => Day | null, [first, end]: readonly [Day, Day], side: string | undefined): Said {
  return of((task) => {
    const day = dayFor(task);
    if (day === null) return false;
    return side === "before" ? day < first : side === "after" ? day >= end : day >= first && day < end;
  });
}

const keyOf = (name: string) => name.normalize("NFKC").toLowerCase().normalize("NFKC");

function inList(name: string, known: Known): Said | undefined {
  if (name === "") return undefined;
  const wanted = keyOf(name);
  const isCalledSo = (id: string) => {
    const list = known.list.get(id);
    return list !== undefined && (keyOf(list.name) === wanted || (list.inbox && wanted === "inbox"));
  };
  const match: Match = ({ list }) => isCalledSo(list);
  return { match, lists: [match] };
}

function withTag(name: string, known: Known): Said | undefined {
  if (name === "") return undefined;
  const wanted = keyOf(name);
  return of(({ tags }) => tags.some((id) => keyOf(known.tag.get(id)?.name ?? "") === wanted));
}

/** From a day until before another. `isOne`: a single day is meant, so that `3 days` is the third from now, and not all three. */
function daysOf(phrase: string, { today, weekStart }: Asker, isOne: boolean): readonly [Day, Day] | undefined {
  const one = (day: Day) => [day, addDays(day, 1)] as const;
  if (phrase === "today" || phrase === "tod") return one(today);
  if (phrase === "tomorrow" || phrase === "tom") return one(addDays(today, 1));
  if (phrase === "yesterday") return one(addDays(today, -1));
  const weekday = weekdays.indexOf(phrase);
  if (weekday >= 0) return one(nextWeekday(today, weekday));
  const counted = /^(\+ ?|- ?|in |next |last |past )?(\d{1,4}) days?$/u.exec(phrase);
  if (counted !== null) {
    const [way, count] = [(counted[1] ?? "").trim(), Number(counted[2])];
    if (way === "-") return one(addDays(today, -count));
    if (way === "+" || way === "in" || (isOne && way === "")) return one(addDays(today, count));
    return way === "last" || way === "past" ? [addDays(today, 1 - count), addDays(today, 1)] : [today, addDays(today, count)];
  }
  const period = /^(last|this|next) (week|month)$/u.exec(phrase);
  if (period === null) return undefined;
  const ahead = periods[period[1] as keyof typeof periods];
  if (period[2] === "month") return [addMonths(`${monthOf(today)}-01`, ahead), addMonths(`${monthOf(today)}-01`, ahead + 1)];
  const monday = addDays(startOfWeek(today, weekStart), 7 * ahead);
  return [monday, addDays(monday, 7)];
}
