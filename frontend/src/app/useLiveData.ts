/** What the stream tells goes into what is held. */
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useData, useLoading, usePerson } from "../data/DataContext";
import type { LiveState } from "../features/sync/live";
import { useLive } from "../features/sync/useLive";

export function useLiveData({ onSignedOut, onResume }: { onSignedOut: () => void; onResume: () => void }): LiveState {
  const data = useData();
  const isReady = useLoading().state === "ready";
  const { user } = usePerson();
  const client = useQueryClient();
  // What was asked for may miss what nobody tells any more.
  useEffect(() => data.onReload(() => void client.invalidateQueries()), [data, client]);
  return useLive(isReady, user.id, {
    since: data.since,
    onStart: () => void data.reload(),
    onResume: () => {
      data.wake();
      onResume();
    },
    onChange: (change) => {
      data.take(change);
    },
    onReload: () => void data.reload(),
    onSignedOut,
  });
}
