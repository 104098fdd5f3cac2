import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Problem } from "../../../api/problem";
import { useAsk } from "../owner";
import type { Preferences, WantedPreferences } from "../types";
import { useSubmission } from "../useSubmission";

const PREFERENCES = ["settings", "preferences"];

export function usePreferences() {
  const ask = useAsk();
  return useQuery({ queryKey: PREFERENCES, queryFn: ({ signal }) => ask("get", "/api/preferences", { signal }), staleTime: 0 });
}

interface Change {
  wanted: WantedPreferences;
  version: number;
}

/** All of them at once, and only over those that were shown: what another device set meanwhile is not overwritten unseen. */
export function usePreferencesChange(onNewer: (current: Preferences, mine: WantedPreferences) => void) {
  const ask = useAsk();
  const client = useQueryClient();
  const take = (current: Preferences) => {
    client.setQueryData<Preferences>(PREFERENCES, current);
  };
  return useSubmission({
    send: ({ wanted, version }: Change) => ask("put", "/api/preferences", { body: wanted, headers: { "if-match": `"${version}"` } }),
    onDone: take,
    onFailed: (error, { wanted }) => {
      if (!isStale(error)) return;
      const current = error.current as Preferences;
      take(current);
      onNewer(current, wanted);
    },
    repeatable: true,
  });
}

const isStale = (error: Error): error is Problem => error instanceof Problem && error.status === 412;

/** What can be set of them. */
export const wantedOf = ({ channels, quiet_hours, default_reminders, daily_digest, overdue_digest }: Preferences): WantedPreferences => ({
  channels,
  quiet_hours,
  default_reminders,
  daily_digest,
  overdue_digest,
});
