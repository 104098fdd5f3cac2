/** Taking back what the activity tells of, whoever did it. */
import type { Entry } from "../api/types";
import type { Do } from "./acts";
import type { Known, Write } from "./shapes";
import { undone } from "./undone";
import * as say from "./words";

export const undoActs = (act: Do, known: Known) => ({
  /** `deed`: what it was, in words. `told`: what is known of all that was done with it; of more than that, the server says what it comes to. */
  undo(activity: string, deed: string, told: readonly Entry[]): Write {
    return act({ says: say.undone(deed), kind: null, request: { undoes: activity, activity }, shows: undone(told, known), guard: null });
  },
});
