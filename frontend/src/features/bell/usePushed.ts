/** What was pushed leads to its task here, where the page is open; and whoever wanted pushes goes on having them. */
import { useEffect, useEffectEvent } from "react";
import { renewPush } from "../../api/push";
import { useGo } from "../../address/useAddress";
import { usePerson } from "../../data/DataContext";

interface Clicked {
  goTo?: string;
  user?: string;
}

export function usePushed(): void {
  const { user } = usePerson();
  const go = useGo();
  const follow = useEffectEvent(({ goTo, user: whose }: Clicked) => {
    if (goTo === undefined || whose !== user.id) return;
    const { pathname, searchParams } = new URL(goTo, window.location.origin);
    const task = searchParams.get("task");
    if (task === null) go.to(pathname);
    else go.open(task);
  });
  useEffect(() => {
    if (!("serviceWorker" in navigator)) return;
    const onMessage = ({ data }: MessageEvent<Clicked>) => {
      follow(data);
    };
    navigator.serviceWorker.addEventListener("message", onMessage);
    return () => {
      navigator.serviceWorker.removeEventListener("message", onMessage);
    };
  }, []);
  useEffect(() => {
    renewPush(user.id).catch(() => undefined); // offline, or the push service is away: the next visit will do
  }, [user.id]);
}
