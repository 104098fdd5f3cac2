import { useQueryClient, useQuery } from "@tanstack/react-query";
import type { Ask } from "../api/client";
import { useAsk } from "./useAsk";
import { asQuickAdd, understoodOf, type Understood } from "./understood";

const questionOf = (ask: Ask, typed: string, zone: string, today: string) => ({
  // "tomorrow" is another day tomorrow
  queryKey: ["when", typed, zone, today],
  queryFn: async (): Promise<Understood | null> => {
    const parsed = await ask("post", "/api/quick-add/parse", { body: { text: asQuickAdd(typed), zone, literal: [] } });
    return understoodOf(parsed, typed);
  },
  gcTime: 60_000,
});

interface Understanding {
  /** null: it is not understood. undefined: not known yet. */
  understood: Understood | null | undefined;
  error: Error | null;
  /** Known at once, without waiting for the typing to end. */
  now: () => Promise<Understood | null>;
}

/** What the server understands of what is typed for a date, once it has rested. */
export function useUnderstanding(text: string, rested: string, zone: string, today: string): Understanding {
  const ask = useAsk();
  const client = useQueryClient();
  const typed = text.trim();
  const settled = rested.trim();
  const { data, error } = useQuery({ ...questionOf(ask, settled, zone, today), enabled: settled !== "" });
  return {
    understood: settled === typed ? data : undefined,
    error: settled === typed ? error : null,
    now: () => client.query(questionOf(ask, typed, zone, today)),
  };
}
