/** What somebody was told: read once, and kept current by the stream. */
import { useInfiniteQuery, useMutation, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { newId } from "../../api/newId";
import { sentence } from "../../api/problem";
import type { Notification } from "../../api/types";
import { useData, usePerson } from "../../data/DataContext";
import { useAsk } from "../../data/useAsk";
import { useNotices } from "../../ui/Notices";
import { allOf, allSeen, isUnread, seen, taken, toldBy, type Told } from "./told";
import * as say from "./words";

const KEY = ["notifications"];
const PAGE = 20;
/** A bell that could not be read is asked for again this often. */
const AGAIN = 15_000;

export function useNotifications() {
  const ask = useAsk();
  return useInfiniteQuery({
    queryKey: KEY,
    queryFn: ({ pageParam, signal }) =>
      ask("get", "/api/notifications", { query: { limit: PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    refetchInterval: ({ state }) => (state.status === "error" ? AGAIN : false),
  });
}

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
}

/** Shown at once. Each has a key of its own, so that it is done once however often it is sent. */
export function useSeeing(): { see: (one: Notification) => void; seeAll: () => void } {
  const ask = useAsk();
  const { now } = usePerson();
  const client = useQueryClient();
  const { notify } = useNotices();
  const { mutate } = useMutation({
    mutationFn: async ({ key, what }: { key: string; what: { id: string } | { through: number } }) => {
      const asked = { headers: { "idempotency-key": key } };
      if ("id" in what) await ask("post", "/api/notifications/{notification_id}/read", { ...asked, path: { notification_id: what.id } });
      else await ask("post", "/api/notifications/read", { ...asked, body: what });
    },
    onError: (error) => {
      void client.invalidateQueries({ queryKey: KEY });
      notify({ about: "notifications", text: `${say.notMarked} ${sentence(error)}` });
    },
  });
  return useMemo(
    () => ({
      see: (one) => {
        if (!isUnread(one)) return;
        change(client, (told) => seen(told, one.id, now()));
        mutate({ key: newId(), what: { id: one.id } });
      },
      seeAll: () => {
        const told = client.getQueryData<Told>(KEY);
        const [newest] = told === undefined ? [] : allOf(told);
        if (newest === undefined) return;
        change(client, (before) => allSeen(before, now()));
        mutate({ key: newId(), what: { through: newest.sequence } });
      },
    }),
    [client, mutate, now],
  );
}

function change(client: QueryClient, how: (told: Told) => Told): void {
  client.setQueryData<Told>(KEY, (told) => (told === undefined ? undefined : how(told)));
}
