/** What people do to tasks all the time. Each act makes one write, which shows at once and can be undone as a whole. */
import type { Deed } from "./deeds";
import type { Known, Write } from "./shapes";
import { stateActs } from "./stateActs";
import { taskActs } from "./taskActs";

export type Do = (deed: Deed) => Write;

/** Acts of one sort. Those that only some parts of the page need come with these: `useActs`. */
export type Sort<Acts> = (act: Do, known: Known) => Acts;

export const actsOn = (act: Do, known: Known) => ({ ...taskActs(act, known), ...stateActs(act, known) });

export type Acts = ReturnType<typeof actsOn>;
