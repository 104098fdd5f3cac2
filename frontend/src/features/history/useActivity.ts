import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Entry } from "../../api/types";
import type { Params } from "../../address/params";
import { useAddress } from "../../address/useAddress";
import { usePerson } from "../../data/DataContext";
import { useAsk } from "../../data/useAsk";
import { endOfDay, startOfDay } from "./instants";
import { useNews } from "./useNews";

const PAGE = 50;
const SOON = 1_000; // ms

const newestOf = (read: { pages: { items: Entry[] }[] } | undefined): number => read?.pages[0]?.items[0]?.sequence ?? 0;

/** What the address asks for of the history. What is done meanwhile comes by itself, but for who has gone further back. */
export function useActivity() {
  const { params } = useAddress();
  const { zone } = usePerson();
  const ask = useAsk();
  const client = useQueryClient();
  const [heard, setHeard] = useState({ sequence: 0, at: 0 });
  useNews(({ sequence }) => {
    setHeard({ sequence, at: Date.now() });
  });
  const asked = filtersOf(params, zone);
  const isFiltered = Object.keys(asked).length > 0;
  // What is done is written into the history a moment later. With filters, nobody knows whether it will be among these.
  const isBehind = (newest: number, readAt: number) => (isFiltered ? heard.at > readAt : heard.sequence > newest);
  const query = useInfiniteQuery({
    queryKey: ["activity", asked],
    queryFn: ({ pageParam, signal }) => ask("get", "/api/activity", { query: { ...asked, limit: PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) }, signal }),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => (next === null ? null : Number(next)),
    staleTime: 0,
    refetchInterval: ({ state: { data, dataUpdatedAt } }) => (data?.pages.length === 1 && isBehind(newestOf(data), dataUpdatedAt) ? SOON : false),
  });
  return {
    query,
    entries: query.data?.pages.flatMap(({ items }) => items) ?? [],
    isFiltered,
    /** Something was done meanwhile, and is not shown. */
    hasNews: (query.data?.pages.length ?? 0) > 1 && isBehind(newestOf(query.data), query.dataUpdatedAt),
    readAgain: () => void client.resetQueries({ queryKey: ["activity"] }),
  };
}

function filtersOf({ kind, via, from, to }: Params, zone: string) {
  return {
    ...(kind === undefined ? {} : { kind }),
    ...(via === undefined ? {} : { via }),
    ...(from === undefined ? {} : { from: startOfDay(from, zone) }),
    ...(to === undefined ? {} : { to: endOfDay(to, zone) }),
  };
}
