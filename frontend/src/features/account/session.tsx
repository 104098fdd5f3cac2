/** Who is logged in here. An ended session keeps its person, so that what they typed is there when they return. */
import { useQuery, useQueryClient, type QueryClient, type UseQueryResult } from "@tanstack/react-query";
import { ask } from "../../api/client";
import { isUnauthorised } from "../../api/problem";
import type { User } from "../../api/types";

export interface Session {
  user: User | null;
  ended: boolean;
}

const ME = ["me"];
const nobody: Session = { user: null, ended: false };

export function useSession(): UseQueryResult<Session> {
  const client = useQueryClient();
  return useQuery({ queryKey: ME, queryFn: ({ signal }) => whoAmI(client, signal), staleTime: 60_000 });
}

async function whoAmI(client: QueryClient, signal: AbortSignal): Promise<Session> {
  try {
    return { user: await ask("get", "/api/me", { signal }), ended: false };
  } catch (error) {
    if (isUnauthorised(error)) return ended(client.getQueryData<Session>(ME));
    throw error;
  }
}

const ended = (before: Session | undefined): Session =>
  before === undefined || before.user === null ? nobody : { user: before.user, ended: true };

export function signIn(client: QueryClient, user: User): void {
  client.setQueryData<Session>(ME, { user, ended: false });
}

export function signOut(client: QueryClient): void {
  client.setQueryData<Session>(ME, nobody);
}

/** The server says that this session is no more. */
export function endSession(client: QueryClient): void {
  client.setQueryData<Session>(ME, ended);
}

/** Somebody else may have logged in from another tab of this browser. */
export function checkSession(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: ME });
}
