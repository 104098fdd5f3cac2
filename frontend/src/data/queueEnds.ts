/** What a queue is asked to do with what people did, and whom it tells how that goes. */
import type { Outcome } from "./sending";
import type { Write } from "./shapes";
import type { Learnt } from "./Shelf";
import type { Told } from "./telling";

export type QueueState = "idle" | "sending" | "waiting" | "stopped";

/** What is done now is not sent soon: the server cannot be reached, or nobody is logged in. */
export const isHeldUp = (state: QueueState): boolean => state === "waiting" || state === "stopped";

export interface Ends {
  send: (write: Write, mayBeDone: boolean, signal: AbortSignal) => Promise<Outcome>;
  /** Before the write is forgotten: what it shows must be in what is held. Comes back with what is held of it. */
  take: (learnt: readonly Learnt[], write: Write) => Promise<readonly Learnt[]>;
  onChange: () => void;
  onSignedOut: () => void;
  tell: (told: Told) => void;
  /** Something could not be kept. */
  onTrouble: (error: unknown) => void;
}
