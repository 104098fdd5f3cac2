import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import type { Ask } from "../../api/client";
import type { Task } from "../../api/types";
import { useData } from "../../data/DataContext";
import { useAsk } from "../../data/useAsk";

interface Page {
  items: Task[];
  next: string | null;
}

/** Tasks that are not held, page by page; those of `learnt` lists become known, so that they can be acted on. */
export function useTasks(name: string, read: (ask: Ask, cursor: string | null, signal: AbortSignal) => Promise<Page>, learnt: boolean) {
  const data = useData();
  const ask = useAsk();
  const query = useInfiniteQuery({
    queryKey: ["history", name],
    queryFn: ({ pageParam, signal }) => read(ask, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    staleTime: 0,
  });
  const pages = query.data?.pages;
  useEffect(() => {
    if (learnt && pages !== undefined) data.learn("task", pages.flatMap(({ items }) => items));
  }, [data, learnt, pages]);
  return { query, tasks: pages?.flatMap(({ items }) => items) ?? [] };
}
