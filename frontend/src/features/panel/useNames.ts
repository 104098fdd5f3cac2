import { useMemo } from "react";
import { useData } from "../../data/DataContext";
import type { Names } from "./activityInWords";

/** What ids are called, as far as it is held. */
export function useNames(): Names {
  const data = useData();
  return useMemo(
    () => ({
      list: (id) => data.known().list.get(id)?.name ?? "another list",
      tag: (id) => data.known().tag.get(id)?.name ?? "another tag",
      task: (id) => data.known().task.get(id)?.title ?? "another task",
    }),
    [data],
  );
}
