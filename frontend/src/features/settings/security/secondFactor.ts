import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { ask } from "../../../api/client";
import type { SecondFactor } from "../types";

export const SECOND_FACTOR = ["settings", "second factor"];

export function useSecondFactor(): UseQueryResult<SecondFactor> {
  return useQuery({
    queryKey: SECOND_FACTOR,
    queryFn: ({ signal }) => ask("get", "/api/me/second-factor", { signal }),
    staleTime: 0,
  });
}
