import { useEffect, useEffectEvent } from "react";
import type { Change } from "../../api/types";
import { useData } from "../../data/DataContext";

/** Hear of what happens while somebody looks at what happened. */
export function useNews(onNews: (change: Change) => void): void {
  const data = useData();
  const heard = useEffectEvent(onNews);
  useEffect(() => data.onChange((change) => { heard(change); }), [data]);
}
