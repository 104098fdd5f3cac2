import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect } from "react";
import type { Ask } from "../../api/client";
import { isOutOfReach, Unreachable } from "../../api/problem";
import type { Task } from "../../api/types";
import type { Params } from "../../address/params";
import { useData, useKnown, useKnownOncePainted, usePerson, useQueued } from "../../data/DataContext";
import { useMinute } from "../../data/minute";
import { isFinished, type Known } from "../../data/shapes";
import { useAsk } from "../../data/useAsk";
import { useOnline } from "../../ui/useOnline";
import { usePart } from "../../ui/usePart";
import { foundAnew, type FoundIds, type TasksView } from "./membership";

export interface Found {
  /** What is asked for; empty where nothing is. */
  text: string;
  /** Null where nothing is asked for. */
  found: FoundIds | null;
  isAsking: boolean;
  /** The server cannot be asked now; it will be. */
  isOutOfReach: boolean;
  error: Error | null;
  again: () => void;
}

const nothing: FoundIds = { ids: new Set(), left: new Set() };

/** Which tasks a filter finds (a saved one, or what is typed in its place), is for the server to say: it is asked again when something may have changed that. While it cannot be asked, what is held answers as far as it can. */
export function useFound(view: TasksView, { q }: Params): Found {
  const data = useData();
  const ask = useAsk();
  const client = useQueryClient();
  const saved = useKnown((known) => (view.name === "filter" ? known.filter.get(view.id)?.query : undefined));
  // What is typed on a saved filter's view is that filter as it is being changed.
  const text = q ?? saved ?? "";
  const key = ["found", text];
  const query = useQuery({
    queryKey: key,
    enabled: text !== "",
    queryFn: async ({ signal }) => {
      const found = await allThat(ask, text, signal);
      data.learn("task", found);
      return foundAnew(found.map(({ id }) => id), client.getQueryData(key));
    },
    placeholderData: (before) => before,
  });
  useAskedAgain(text === "" ? null : () => void client.invalidateQueries({ queryKey: key }));
  const again = () => void query.refetch();
  const isOnline = useOnline();
  // What was answered before the network went does not know what is done since.
  const isAlone = text !== "" && (!isOnline || isOutOfReach(query) || query.error instanceof Unreachable);
  const held = useHeld(text, isAlone);
  if (text === "") return { text, found: null, isAsking: false, isOutOfReach: false, error: null, again };
  if (held !== null) return { text, found: held, isAsking: false, isOutOfReach: false, error: null, again };
  const isAsking = query.data === undefined && query.error === null;
  return { text, found: query.data ?? nothing, isAsking, isOutOfReach: isAsking && isAlone, error: query.error, again };
}

const loadHeldFilter = () => import("./heldFilter");

const sameFound = (before: FoundIds | null, after: FoundIds | null) =>
  before === after || (before !== null && after !== null && sameIds(before.ids, after.ids) && sameIds(before.left, after.left));
const sameIds = (before: ReadonlySet<string>, after: ReadonlySet<string>) => before.size === after.size && [...before].every((id) => after.has(id));

/** What it finds among what is held, while the server cannot be asked; null where only the server can tell. */
function useHeld(text: string, isWanted: boolean): FoundIds | null {
  const { zone, today, weekStart } = usePerson();
  const now = useMinute();
  const heldFilter = usePart(loadHeldFilter, isWanted)?.heldFilter;
  const select = useCallback(
    (known: Known) => {
      const finds = isWanted ? heldFilter?.(text, known, { zone, today, weekStart, now }) : undefined;
      if (finds == null) return null;
      const tasks = [...known.task.values()];
      const idsOf = (some: readonly Task[]) => new Set(some.map(({ id }) => id));
      // As if they were open still: what was finished here stays where it was.
      const left = tasks.filter((task) => isFinished(task) && finds({ ...task, status: "todo" }));
      return { ids: idsOf(tasks.filter(finds)), left: idsOf(left) };
    },
    [text, isWanted, heldFilter, zone, today, weekStart, now],
  );
  return useKnown(select, sameFound);
}

async function allThat(ask: Ask, filter: string, signal: AbortSignal): Promise<Task[]> {
  const found: Task[] = [];
  for (let cursor: string | null = null; ; ) {
    const page: { items: Task[]; next: string | null } = await ask("get", "/api/tasks", { query: { filter, limit: 200, ...(cursor === null ? {} : { cursor }) }, signal });
    found.push(...page.items);
    cursor = page.next;
    if (cursor === null) return found;
  }
}

const QUIET = 300; // ms without a change, before it is asked again

/** Once what was changed here has been sent, and nothing else changes for a moment. */
function useAskedAgain(again: (() => void) | null): void {
  const version = useKnownOncePainted((known) => (again === null ? 0 : known.version));
  const isSent = useQueued((queued) => again === null || queued.length === 0);
  useEffect(() => {
    if (again === null || !isSent) return;
    const timer = setTimeout(again, QUIET);
    return () => {
      clearTimeout(timer);
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only a change of what is held asks again
  }, [version, isSent]);
}
