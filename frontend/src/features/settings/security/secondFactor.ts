import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { useAsk } from "../owner";
import type { SecondFactor } from "../types";

export const SECOND_FACTOR = ["settings", "second factor"];

export function useSecondFactor(): UseQueryResult<SecondFactor> {
  const ask = useAsk();
  return useQuery({
    queryKey: SECOND_FACTOR,
    queryFn: ({ signal }) => ask("get", "/api/me/second-factor", { signal }),
    staleTime: 0,
  });
}
