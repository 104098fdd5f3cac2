/** What the tabs of one person tell each other. */
import type { QueueState } from "./queueEnds";
import type { Refused, Write } from "./shapes";
import type { Learnt } from "./Shelf";

export interface Granted {
  id: string;
  activity: string | null;
}

export type Told =
  | { said: "queued"; write: Write }
  | { said: "settled"; ids: readonly string[]; learnt: readonly Learnt[]; refused: Refused | null; granted: Granted | null }
  | { said: "decided"; id: string; again: readonly Write[] }
  /** By the tab that sends: how that goes; and by one that has just come, and wants to know. */
  | { said: "state"; state: QueueState }
  | { said: "hello" };
