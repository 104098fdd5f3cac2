/** Who is logged in here. An ended session keeps its person, so that what they typed is there when they return. */
import { useQuery, useQueryClient, type QueryClient, type UseQueryResult } from "@tanstack/react-query";
import { ask } from "../../api/client";
import { isPassing, isUnauthorised } from "../../api/problem";
import type { User } from "../../api/types";
import { forgetUser, keepUser, keptUser } from "./keptUser";

export interface Session {
  user: User | null;
  ended: boolean;
}

const ME = ["me"];
const nobody: Session = { user: null, ended: false };
/** Milliseconds. */
const PATIENCE = 2_500;

const keptSession = (): Session => ({ user: keptUser(), ended: false });

export function useSession(): UseQueryResult<Session> {
  const client = useQueryClient();
  return useQuery({ queryKey: ME, queryFn: ({ signal }) => whoAmI(client, signal), staleTime: 60_000 });
}

/** Somebody who was here before need not wait for a server that is slow or cannot be reached: what is kept is theirs. */
async function whoAmI(client: QueryClient, signal: AbortSignal): Promise<Session> {
  const before = client.getQueryData<Session>(ME) ?? keptSession();
  const said = whoItIs(before, signal);
  if (before.user === null || before.ended) return said;
  const late = new Promise<null>((resolve) => setTimeout(resolve, PATIENCE, null));
  const session = await Promise.race([said, late]);
  if (session !== null) return session;
  void said.then(
    (found) => client.setQueryData<Session>(ME, found),
    () => undefined, // the stream will ask again, once it is back
  );
  return before;
}

async function whoItIs(before: Session, signal: AbortSignal): Promise<Session> {
  try {
    const user = await ask("get", "/api/me", { signal });
    keepUser(user);
    return { user, ended: false };
  } catch (error) {
    if (isUnauthorised(error)) {
      forgetUser();
      return ended(before);
    }
    if (isPassing(error) && before.user !== null) return before;
    throw error;
  }
}

const ended = (before: Session): Session => (before.user === null ? nobody : { user: before.user, ended: true });

export function signIn(client: QueryClient, user: User): void {
  keepUser(user);
  client.setQueryData<Session>(ME, { user, ended: false });
}

/** Something about who is there became different; nothing, if they have left meanwhile. */
export function changeUser(client: QueryClient, id: string, change: Partial<User>): void {
  const { user, ended: isOver } = client.getQueryData<Session>(ME) ?? nobody;
  if (user?.id === id && !isOver) signIn(client, { ...user, ...change });
}

export function signOut(client: QueryClient): void {
  forgetUser();
  client.setQueryData<Session>(ME, nobody);
}

/** The server says that this session is no more; or that by now it is somebody else's, who is then found at the desk. */
export function endSession(client: QueryClient): void {
  forgetUser();
  client.setQueryData<Session>(ME, (before) => ended(before ?? nobody));
  checkSession(client);
}

/** Somebody else may have logged in from another tab of this browser. */
export function checkSession(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: ME });
}
