import { useMemo } from "react";
import { useData } from "../../data/DataContext";
import type { Names } from "./activityInWords";
import * as say from "./words";

/** What ids are called, as far as it is held. */
export function useNames(): Names {
  const data = useData();
  return useMemo(
    () => ({
      list: (id) => data.known().list.get(id)?.name ?? say.anotherList,
      tag: (id) => data.known().tag.get(id)?.name ?? say.anotherTag,
      task: (id) => data.known().task.get(id)?.title ?? say.anotherTask,
    }),
    [data],
  );
}
