import { useInfiniteQuery } from "@tanstack/react-query";
import { useData, usePerson } from "../../data/DataContext";
import { useAsk } from "../../data/useAsk";
import type { TasksView } from "./membership";

export interface Finished {
  hasMore: boolean;
  isAsking: boolean;
  error: Error | null;
  more: () => void;
}

/** Finished tasks are not held from the beginning; what is asked for here is held from then on. */
export function useFinished(view: TasksView, filter: string | undefined, isWanted: boolean): Finished {
  const data = useData();
  const ask = useAsk();
  const { today } = usePerson();
  const narrowed = narrowing(view, today);
  const query = useInfiniteQuery({
    queryKey: ["finished", narrowed, filter],
    enabled: isWanted && narrowed !== null,
    queryFn: async ({ pageParam, signal }) => {
      const page = await ask("get", "/api/tasks", {
        query: { ...narrowed, ...(filter === undefined ? {} : { filter }), status: ["done", "cancelled"], sort: "-completed", limit: 50, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      });
      data.learn("task", page.items);
      return { ids: page.items.map(({ id }) => id), next: page.next };
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
  return { hasMore: query.hasNextPage, isAsking: query.isFetching, error: query.error, more: () => void (query.isError ? query.refetch() : query.fetchNextPage()) };
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
    case "upcoming":
    case "filter":
      return null;
  }
}
