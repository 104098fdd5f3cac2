import { useMemo } from "react";
import { useData } from "../../data/DataContext";
import type { Names } from "./inWords";

/** What is held knows what ids are called; of what is gone nobody does. */
export function useNames(): Names {
  const data = useData();
  return useMemo(() => {
    const { list, tag, task } = data.known();
    return {
      list: (id) => list.get(id)?.name ?? null,
      tag: (id) => tag.get(id)?.name ?? null,
      task: (id) => task.get(id)?.title ?? null,
    };
  }, [data]);
}
