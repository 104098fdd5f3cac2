/** All that a person does. Each makes one write, which shows at once and can be undone as a whole. */
import { commentActs } from "./commentActs";
import type { Deed } from "./deeds";
import { noticeActs } from "./noticeActs";
import { organizeActs } from "./organizeActs";
import { reminderActs } from "./reminderActs";
import type { Known, Write } from "./shapes";
import { stateActs } from "./stateActs";
import { taskActs } from "./taskActs";
import { undoActs } from "./undoActs";

export type Do = (deed: Deed) => Write;

export const actsOn = (known: Known, act: Do) => ({
  ...taskActs(known, act),
  ...stateActs(known, act),
  ...commentActs(known, act),
  ...organizeActs(known, act),
  ...reminderActs(known, act),
  ...noticeActs(act),
  ...undoActs(act),
});

export type Acts = ReturnType<typeof actsOn>;
