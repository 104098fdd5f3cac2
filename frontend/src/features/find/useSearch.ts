import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import type { Answer } from "../../api/client";
import { isPassing, Unreachable } from "../../api/problem";
import { useData } from "../../data/DataContext";
import { useAsk } from "../../data/useAsk";
import { useRested } from "../../ui/useRested";

export type Found = Answer<"get", "/api/tasks/search">["items"][number];

const PAUSE = 150;

/** What the server finds. A question that is not asked any more is given up. */
export function useSearch(text: string, withFinished: boolean) {
  const data = useData();
  const ask = useAsk();
  const words = useRested(text.trim(), PAUSE);
  const search = useInfiniteQuery({
    queryKey: ["search", words, withFinished],
    enabled: words !== "",
    initialPageParam: null as string | null,
    placeholderData: keepPreviousData,
    // Without a network it fails at once, and what is held is searched instead.
    networkMode: "always",
    retry: (failures, error) => !(error instanceof Unreachable) && isPassing(error) && failures < 3,
    refetchOnReconnect: "always",
    staleTime: 0,
    gcTime: 60_000,
    queryFn: async ({ pageParam, signal }) => {
      const status = withFinished ? [] : (["todo", "in_progress"] as const);
      const page = await ask("get", "/api/tasks/search", {
        query: { q: words, limit: 25, status: [...status], ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      });
      data.learn("task", page.items.map(({ task }) => task));
      return page;
    },
    getNextPageParam: ({ next }) => next,
  });
  return { ...search, words, isBehind: words !== text.trim() || search.isPlaceholderData };
}
