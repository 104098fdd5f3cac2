import type { QueryClient } from "@tanstack/react-query";
import { createContext, use } from "react";

/** Holds who is logged in; what they see is in a client of their own. */
export const AccountsContext = createContext<QueryClient | null>(null);

export function useAccounts(): QueryClient {
  const accounts = use(AccountsContext);
  if (accounts === null) throw new Error("Nobody is at this desk.");
  return accounts;
}
