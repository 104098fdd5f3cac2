import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { isOutOfReach } from "../../api/problem";
import { useData, usePerson } from "../../data/DataContext";
import { useAsk } from "../../data/useAsk";
import type { TasksView } from "./membership";

const none: ReadonlySet<string> = new Set();

/** Finished tasks are not held from the beginning; what is asked for here is held from then on. */
export function useFinished(view: TasksView, filter: string) {
  const data = useData();
  const ask = useAsk();
  const { today } = usePerson();
  const narrowed = narrowing(view, today);
  const query = useInfiniteQuery({
    queryKey: ["found", filter, "finished", narrowed], // asked again with all that the filter finds
    queryFn: async ({ pageParam, signal }) => {
      const page = await ask("get", "/api/tasks", {
        query: { ...narrowed, ...(filter === "" ? {} : { filter }), status: ["done", "cancelled"], sort: "-completed", limit: 50, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      });
      data.learn("task", page.items);
      return { ids: page.items.map(({ id }) => id), next: page.next };
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
  const pages = query.data?.pages;
  const ids = useMemo(() => (pages === undefined ? none : new Set(pages.flatMap((page) => page.ids))), [pages]);
  return {
    ids,
    hasMore: query.hasNextPage,
    isAsking: query.isFetching,
    isOutOfReach: isOutOfReach(query),
    error: query.error,
    more: () => void (query.isError ? query.refetch() : query.fetchNextPage()),
  };
}

function narrowing(view: TasksView, today: string) {
  switch (view.name) {
    case "inbox":
      return { list: ["inbox"] };
    case "list":
      return { list: [view.id] };
    case "tag":
      return { tags_any: [view.id] };
    case "today":
      return { completed_from: today };
    case "filter": // which says it all
    case "upcoming": // where none are shown
      return {};
  }
}
