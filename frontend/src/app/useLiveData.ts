/** What the stream tells goes into what is held. */
import { useData, useLoading, usePerson } from "../data/DataContext";
import type { LiveState } from "../features/sync/live";
import { useLive } from "../features/sync/useLive";

export function useLiveData({ onSignedOut, onResume }: { onSignedOut: () => void; onResume: () => void }): LiveState {
  const data = useData();
  const isReady = useLoading().state === "ready";
  const { user } = usePerson();
  return useLive(isReady, user.id, {
    since: data.since,
    onStart: () => void data.load(),
    onResume: () => {
      data.wake();
      onResume();
    },
    onChange: (change) => {
      data.take(change);
    },
    onReload: () => void data.load(),
    onSignedOut,
  });
}
