import type { QueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useData, usePerson } from "../data/DataContext";
import { forgetDrafts } from "../data/drafts";
import { signOut } from "../features/account/session";
import { useAccounts } from "./accounts";
import { goTo } from "./address";

/** Whose id is told here has logged out in one of the browser's tabs. */
const CHANNEL = "taskora-left";

/** Whoever has logged out leaves nothing of theirs in this browser, nor in any of its tabs. */
export function useLeaving(): () => void {
  const data = useData();
  const { user } = usePerson();
  const accounts = useAccounts();
  return () => {
    void data.forget();
    const others = new BroadcastChannel(CHANNEL);
    others.postMessage(user.id);
    others.close();
    leave(user.id, accounts);
  };
}

/** For every tab where they are, be it that their session has ended there. */
export function useLeftElsewhere(user: string | null, accounts: QueryClient): void {
  useEffect(() => {
    if (user === null) return;
    const channel = new BroadcastChannel(CHANNEL);
    channel.addEventListener("message", ({ data }: MessageEvent<string>) => {
      if (data === user) leave(user, accounts);
    });
    return () => {
      channel.close();
    };
  }, [user, accounts]);
}

function leave(user: string, accounts: QueryClient): void {
  forgetDrafts(user);
  goTo("/");
  signOut(accounts);
}
