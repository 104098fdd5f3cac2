/** What is held, for components: each sees again only what it asked for. */
import { createContext, use, useCallback, useEffect, useEffectEvent, useMemo, useRef, useState, useSyncExternalStore, type ReactNode } from "react";
import type { Filter, List, Tag, Task, User } from "../api/types";
import { Data } from "./Data";
import { whenIdle, whenPainted } from "../later";
import { addDays } from "../time/calendarDays";
import { dayAt, weekStartOf, type Clock } from "./days";
import type { Loading } from "./Holding";
import { manually } from "./order";
import type { Known, Refused, Write } from "./shapes";

export interface Person extends Clock {
  user: User;
  locale: string;
  /** 0 is Sunday. */
  weekStart: number;
  now: () => Date;
}

const DataContext = createContext<Data | null>(null);
const PersonContext = createContext<Person | null>(null);

interface Props {
  user: User;
  onSignedOut: () => void;
  /** The profile was changed, here or elsewhere. */
  onUser: (user: User) => void;
  children: ReactNode;
}

export function DataProvider({ user, onSignedOut, onUser, children }: Props) {
  const [data] = useState(() => new Data(user.id));
  const signedOut = useEffectEvent(onSignedOut);
  const changed = useEffectEvent(onUser);
  useEffect(() => data.open({ onSignedOut: signedOut, onUser: changed }), [data]);
  const person = usePersonOf(user);
  return (
    <DataContext value={data}>
      <PersonContext value={person}>{children}</PersonContext>
    </DataContext>
  );
}

function usePersonOf(user: User): Person {
  const today = useToday(user.zone);
  return useMemo(
    () => ({ user, zone: user.zone, locale: user.locale, weekStart: weekStartOf(user.week_start), today, now: () => new Date() }),
    [user, today],
  );
}

/** The day that it is; another one after midnight, and after a long sleep. */
function useToday(zone: string): string {
  const [now, setNow] = useState(() => new Date());
  const today = dayAt(now, zone);
  useEffect(() => {
    const look = () => {
      setNow(new Date());
    };
    const timer = setTimeout(look, untilTomorrow(today, zone));
    document.addEventListener("visibilitychange", look);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [today, zone, now]);
  return today;
}

/** At most an hour, since a night may have an hour more or less. */
function untilTomorrow(today: string, zone: string): number {
  const HOUR = 3_600_000;
  const now = Date.now();
  if (dayAt(new Date(now + HOUR), zone) < addDays(today, 1)) return HOUR;
  let [early, late] = [now, now + HOUR];
  while (late - early > 500) {
    const middle = (early + late) / 2;
    if (dayAt(new Date(middle), zone) > today) late = middle;
    else early = middle;
  }
  return late - now;
}

export function useData(): Data {
  const data = use(DataContext);
  if (data === null) throw new Error("There is no DataProvider above.");
  return data;
}

export function usePerson(): Person {
  const person = use(PersonContext);
  if (person === null) throw new Error("There is no DataProvider above.");
  return person;
}

type Select<T> = (known: Known) => T;
type Same<T> = (before: T, after: T) => boolean;

/** What `select` finds; seen again when it finds something else. */
export function useKnown<T>(select: Select<T>, same: Same<T> = Object.is): T {
  const data = useData();
  return useSelected(data.subscribe, () => data.known().version, select, same);
}

const MANY = 1_000; // tasks; to look through fewer nobody need wait

/** For what is looked for among all that is held: where that is much, what a click says of itself is painted first. */
export function useKnownOncePainted<T>(select: Select<T>, same: Same<T> = Object.is): T {
  const data = useData();
  const later = useCallback(
    (run: () => void) => {
      if (data.known().task.size < MANY) run();
      else whenPainted(run);
    },
    [data],
  );
  return useSelectedLater(later, select, same);
}

/** For what is counted over all that is held: nobody's click waits for it. */
export function useCounted<T>(count: Select<T>, same: Same<T> = Object.is): T {
  return useSelectedLater(whenIdle, count, same);
}

/** Of several changes that come before its time, one notice is given; until then the same `select` looks for nothing, whatever else is drawn. */
function useSelectedLater<T>(later: (run: () => void) => unknown, select: Select<T>, same: Same<T>): T {
  const data = useData();
  const heard = useRef<number | null>(null);
  const subscribe = useCallback(
    (notice: () => void) => {
      const hear = () => {
        heard.current = data.known().version;
      };
      hear(); // what changed since it was looked for first
      let isComing = false;
      return data.subscribe(() => {
        if (isComing) return;
        isComing = true;
        later(() => {
          isComing = false;
          hear();
          notice();
        });
      });
    },
    [data, later],
  );
  return useSelected(subscribe, () => (heard.current ??= data.known().version), select, same);
}

function useSelected<T>(subscribe: Data["subscribe"], versionNow: () => number, select: Select<T>, same: Same<T>): T {
  const data = useData();
  const last = useRef<{ select: Select<T>; version: number; found: T } | null>(null);
  const look = () => {
    const version = versionNow();
    const before = last.current;
    if (before !== null && before.version === version && before.select === select) return before.found;
    const found = select(data.known());
    const kept = before !== null && same(before.found, found) ? before.found : found;
    last.current = { select, version, found: kept };
    return kept;
  };
  return useSyncExternalStore(subscribe, look);
}

export function useTask(id: string | null): Task | undefined {
  return useKnown((known) => (id === null ? undefined : known.task.get(id)));
}

export const sameItems = <T,>(before: readonly T[], after: readonly T[]): boolean =>
  before.length === after.length && before.every((one, index) => one === after[index]);

/** In their order, the Inbox first; without those that were put away. */
export function useLists(): readonly List[] {
  return useKnown(liveLists, sameItems);
}

function liveLists(known: Known): List[] {
  const lists = [...known.list.values()].filter(({ archived }) => !archived).sort(manually);
  return [...lists.filter(({ inbox }) => inbox), ...lists.filter(({ inbox }) => !inbox)];
}

export function useTags(): readonly Tag[] {
  const { locale } = usePerson();
  return useKnown((known) => [...known.tag.values()].sort((one, other) => one.name.localeCompare(other.name, locale)), sameItems);
}

export function useFilters(): readonly Filter[] {
  return useKnown((known) => [...known.filter.values()].sort(manually), sameItems);
}

/** What was done to it waits, because the server could not be reached. */
export function useIsUnsent(id: string): boolean {
  const data = useData();
  return useSyncExternalStore(data.watch, () => data.isUnsent(id));
}

export function useLoading(): Loading & { retry: () => void } {
  const data = useData();
  const loading = useSyncExternalStore(data.watch, () => data.loading);
  return { ...loading, retry: () => void data.load() };
}

/** What `select` finds among what waits to be sent. */
export function useQueued<T>(select: (queued: readonly Write[]) => T, same: Same<T> = Object.is): T {
  const data = useData();
  const last = useRef<T | null>(null);
  return useSyncExternalStore(data.watch, () => {
    const found = select(data.queue.writes);
    last.current = last.current !== null && same(last.current, found) ? last.current : found;
    return last.current;
  });
}

/** What was not taken, and waits for a decision. */
export function useRefused(): readonly Refused[] {
  const data = useData();
  return useSyncExternalStore(data.watch, () => data.queue.refused);
}

export interface Waiting {
  queued: readonly Write[];
  refused: readonly Refused[];
  state: Data["queue"]["state"];
  isKept: boolean;
}

export function useWaiting(): Waiting {
  const data = useData();
  const queued = useQueued(everything);
  const refused = useRefused();
  const state = useSyncExternalStore(data.watch, () => data.queue.state);
  const isKept = useSyncExternalStore(data.watch, () => data.isKept);
  return { queued, refused, state, isKept };
}

const everything = (queued: readonly Write[]) => queued;
