import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { Ask } from "../../api/client";
import { isOutOfReach } from "../../api/problem";
import type { Task } from "../../api/types";
import type { Params } from "../../address/params";
import { useData, useKnown, useWaiting } from "../../data/DataContext";
import { useAsk } from "../../data/useAsk";
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

/** Which tasks a filter finds (a saved one, or what is typed in its place), is for the server to say: it is asked again when something may have changed that. */
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
  const isAsking = text !== "" && query.data === undefined && query.error === null;
  return { text, found: text === "" ? null : (query.data ?? nothing), isAsking, isOutOfReach: isAsking && isOutOfReach(query), error: query.error, again: () => void query.refetch() };
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
  const version = useKnown((known) => (again === null ? 0 : known.version));
  const isSent = useWaiting().queued.length === 0;
  useEffect(() => {
    if (again === null || !isSent) return;
    const timer = setTimeout(again, QUIET);
    return () => {
      clearTimeout(timer);
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only a change of what is held asks again
  }, [version, isSent]);
}
