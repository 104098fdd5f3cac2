import { useQuery } from "@tanstack/react-query";
import { Problem } from "../../api/problem";
import { useData, useLoading } from "../../data/DataContext";
import { useAsk } from "../../data/useAsk";

interface Absent {
  /** It is nobody's, or deleted. */
  isGone: boolean;
  error: Error | null;
  retry: () => void;
}

/** A task that is not held, since it is finished or was never heard of, is read. */
export function useAbsentTask(id: string): Absent {
  const data = useData();
  const ask = useAsk();
  const { state } = useLoading();
  const { error, isFetching, refetch } = useQuery({
    queryKey: ["task", id],
    queryFn: async () => {
      const task = await ask("get", "/api/tasks/{task_id}", { path: { task_id: id } });
      data.learn("task", [task]);
      return task.version;
    },
    enabled: state !== "loading",
    staleTime: 0,
    gcTime: 0,
  });
  // An id that no task could have is refused as such.
  const isGone = error instanceof Problem && (error.status === 404 || error.status === 422);
  return { isGone: isGone && !isFetching, error: isFetching || isGone ? null : error, retry: () => void refetch() };
}
