import { Clock3, LoaderCircle, Wifi, WifiOff, type LucideIcon } from "lucide-react";
import { useEffect, useState } from "react";
import { VisuallyHidden } from "../../ui/VisuallyHidden";
import type { LiveState } from "./live";
import * as say from "./words";

const looks: Record<LiveState, { words: string; icon: LucideIcon; colour: string }> = {
  connecting: { words: say.connecting, icon: LoaderCircle, colour: "text-quiet" },
  live: { words: say.live, icon: Wifi, colour: "text-accent" },
  delayed: { words: say.delayed, icon: Clock3, colour: "text-accent" },
  reconnecting: { words: say.reconnecting, icon: LoaderCircle, colour: "text-warn" },
  offline: { words: say.offline, icon: WifiOff, colour: "text-warn" },
};

/** How the connection is, in words and a picture. On a phone, what need not trouble anybody is only a picture. */
export function ConnectionState({ state }: { state: LiveState }) {
  const { words, icon: Icon, colour } = looks[state];
  const isFine = state === "live" || state === "delayed" || state === "connecting";
  return (
    <>
      <p role="status" aria-live="off" aria-label={say.connection} title={words} className="flex items-center gap-1.5 text-sm whitespace-nowrap text-quiet">
        <Icon aria-hidden="true" className={`size-4 flex-none ${colour}`} />
        <span className={isFine ? "max-md:sr-only" : ""}>{words}</span>
      </p>
      <Announcement state={state} />
    </>
  );
}

/** This long nobody has to hear of: a server that was started anew is back by then. */
const LONG = 5_000;

/** Said aloud is only that it is gone for long, and that it is back; not each try. */
function Announcement({ state }: { state: LiveState }) {
  const [said, setSaid] = useState("");
  const isAway = state === "offline" || state === "reconnecting";
  useEffect(() => {
    const timer = setTimeout(
      () => {
        setSaid((before) => (isAway ? say.notConnected : before && say.connectedAgain));
      },
      isAway ? LONG : 0,
    );
    return () => {
      clearTimeout(timer);
    };
  }, [isAway]);
  return (
    <VisuallyHidden>
      <span role="status">{said}</span>
    </VisuallyHidden>
  );
}
