import type { LiveState } from "./live";

const words: Record<LiveState, string> = {
  connecting: "Connecting…",
  live: "Live",
  delayed: "Live, with delay",
  reconnecting: "Reconnecting…",
  offline: "Offline",
};

const marks: Record<LiveState, string> = {
  connecting: "border-2 border-quiet",
  live: "bg-accent",
  delayed: "border-2 border-accent",
  reconnecting: "border-2 border-warn",
  offline: "bg-warn",
};

/** How the connection is, in words; the mark only repeats them. */
export function ConnectionState({ state }: { state: LiveState }) {
  return (
    <p role="status" aria-label="Connection" className="flex items-center gap-2 text-sm whitespace-nowrap text-quiet">
      <span aria-hidden="true" className={`size-2.5 rounded-full ${marks[state]}`} />
      {words[state]}
    </p>
  );
}
