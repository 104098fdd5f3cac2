import { MutationCache, notifyManager, QueryCache, QueryClient } from "@tanstack/react-query";
import { isPassing, isUnauthorised } from "../api/problem";

// A box that is ticked shows its tick before anything else happens, not a moment after springing back.
notifyManager.setScheduler(queueMicrotask);

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
