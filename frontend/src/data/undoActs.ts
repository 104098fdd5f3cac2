/** Taking back what the activity tells of, whoever did it. */
import type { Do } from "./acts";
import type { Write } from "./shapes";
import * as say from "./words";

export const undoActs = (act: Do) => ({
  /** `deed`: what it was, in words. What it comes to is the server's to say. */
  undo(activity: string, deed: string): Write {
    return act({ says: say.undone(deed), kind: null, request: { undoes: activity, activity }, shows: [], guard: null });
  },
});
