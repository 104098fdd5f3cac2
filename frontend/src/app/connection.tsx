/** How the page hears of changes, for whoever wants to say it. */
import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { createContext, use, type ReactNode } from "react";
import { checkSession, endSession } from "../features/account/session";
import type { LiveState } from "../features/sync/live";
import { askAgain } from "./client";
import { useLiveData } from "./useLiveData";

const ConnectionContext = createContext<LiveState>("connecting");

export const useConnection = (): LiveState => use(ConnectionContext);

export function Connection({ accounts, children }: { accounts: QueryClient; children: ReactNode }) {
  const client = useQueryClient();
  const connection = useLiveData({
    onResume: () => {
      askAgain(client);
      checkSession(accounts);
    },
    onSignedOut: () => {
      endSession(accounts);
    },
  });
  return <ConnectionContext value={connection}>{children}</ConnectionContext>;
}
