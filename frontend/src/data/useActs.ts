import { useMemo } from "react";
import type { Sort } from "./acts";
import { useData } from "./DataContext";

/** Acts that come with the part of the page that needs them, rather than with the page. */
export function useActs<Acts>(sort: Sort<Acts>): Acts {
  const data = useData();
  return useMemo(() => data.actsOf(sort), [data, sort]);
}
