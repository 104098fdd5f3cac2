/** What somebody was told: read once, and kept current by the stream. */
import { useInfiniteQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useLayoutEffect, useMemo } from "react";
import type { Notification } from "../../api/types";
import { sameItems, useData, usePerson, useQueued, useRefused } from "../../data/DataContext";
import { useActs } from "../../data/useActs";
import { noticeActs, readBy } from "../../data/noticeActs";
import type { Write } from "../../data/shapes";
import { useAsk } from "../../data/useAsk";
import { headline } from "./inWords";
import { allOf, isUnread, taken, toldBy, withSeen, type Told } from "./told";

const KEY = ["notifications"];
const PAGE = 20;
/** A bell that could not be read is asked for again this often. */
const AGAIN = 15_000;

export function useNotifications() {
  const ask = useAsk();
  const queued = useQueued(seeing, sameItems);
  return useInfiniteQuery({
    queryKey: KEY,
    queryFn: ({ pageParam, signal }) =>
      ask("get", "/api/notifications", { query: { limit: PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    select: useCallback((told: Told) => withSeen(told, queued), [queued]),
    refetchInterval: ({ state }) => (state.status === "error" ? AGAIN : false),
  });
}

const seeing = (queued: readonly Write[]) => queued.filter((write) => readBy(write) !== null);

/** Once, for as long as the page is open. */
export function useNewsOfNotifications(): void {
  const data = useData();
  const client = useQueryClient();
  useEffect(
    () =>
      data.onChange((news) => {
        const notification = toldBy(news);
        if (notification === null) return;
        // What is being read just now may or may not have it.
        if (client.isFetching({ queryKey: KEY }) > 0) void client.invalidateQueries({ queryKey: KEY });
        else change(client, (told) => taken(told, notification));
      }),
    [data, client],
  );
  // What was seen, in any tab, stays so once it is sent, however late the stream tells of it.
  const queued = useQueued(seeing, sameItems);
  useLayoutEffect(
    () => () => {
      if (queued.length > 0) change(client, (told) => withSeen(told, queued));
    },
    [queued, client],
  );
  const refused = useRefused();
  const isRefused = refused.some(({ write }) => readBy(write) !== null);
  useEffect(() => {
    if (isRefused) void client.invalidateQueries({ queryKey: KEY });
  }, [isRefused, client]);
}

/** Shown at once, and sent when it can be. */
export function useSeeing(): { see: (one: Notification) => void; seeAll: () => void } {
  const acts = useActs(noticeActs);
  const person = usePerson();
  const client = useQueryClient();
  return useMemo(
    () => ({
      see: (one) => {
        if (!isUnread(one)) return;
        acts.markRead(one.id, headline(one, person));
      },
      seeAll: () => {
        const told = client.getQueryData<Told>(KEY);
        const [newest] = told === undefined ? [] : allOf(told);
        if (newest === undefined) return;
        acts.markAllRead(newest.sequence);
      },
    }),
    [acts, client, person],
  );
}

function change(client: QueryClient, how: (told: Told) => Told): void {
  client.setQueryData<Told>(KEY, (told) => (told === undefined ? undefined : how(told)));
}
