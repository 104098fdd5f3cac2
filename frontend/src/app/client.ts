import { MutationCache, notifyManager, onlineManager, QueryCache, QueryClient } from "@tanstack/react-query";
import { isPassing, isUnauthorised, Unreachable } from "../api/problem";

// A box that is ticked shows its tick before anything else happens, not a moment after springing back.
notifyManager.setScheduler(queueMicrotask);

// It hears of what changes, and takes it that there is a network before: the page may have been opened without one.
onlineManager.setOnline(navigator.onLine);

/** What one person sees is kept in a client of their own, so that nothing of it is left for the next. */
export function createClient(onSignedOut: () => void = () => undefined): QueryClient {
  const onError = (error: Error) => {
    if (isUnauthorised(error)) onSignedOut();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        retry: (failures, error) => isPassing(error) && failures < 3,
        networkMode: "offlineFirst", // the server may be on this very machine
        refetchOnWindowFocus: false, // the stream keeps it current
        refetchOnReconnect: false,
        staleTime: Infinity,
        gcTime: Infinity,
      },
      mutations: {
        retry: (failures, error) => isPassing(error) && failures < 6,
        networkMode: "offlineFirst",
      },
    },
  });
}

/** The server is heard again: what was asked in vain meanwhile is asked anew, where somebody still waits for it. */
export function askAgain(client: QueryClient): void {
  void client.refetchQueries({ type: "active", predicate: ({ state }) => state.error instanceof Unreachable });
}
