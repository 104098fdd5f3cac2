/** What of a task decides where it stands in a view. The rest each row sees for itself. */
import type { Task } from "../../api/types";
import type { Order, Step } from "../../data/order";
import { isFinished } from "../../data/shapes";
import { staysUntilLeft } from "./membership";

const placing = ["parent", "list", "position", "due", "zone", "due_at", "priority"] as const satisfies readonly (keyof Task)[];

/** What else an order goes by. */
const ordering: Partial<Record<Order, keyof Task>> = { title: "title", updated: "updated_at", completed: "completed_at" };

interface Ways {
  sort: readonly Step[];
  /** Finished ones stand elsewhere, even those that were finished just now. */
  movesWhenFinished: boolean;
  /** When the view was gone to. */
  since: string;
}

/** Whether a view of ten thousand tasks may stay as it is though this one became different. */
export function standsAsBefore(before: Task, after: Task, { sort, movesWhenFinished, since }: Ways): boolean {
  if (before === after) return true;
  if (before.id !== after.id || placing.some((field) => before[field] !== after[field])) return false;
  const bys = sort.map(({ order }) => ordering[order]);
  if (bys.some((by) => by !== undefined && before[by] !== after[by])) return false;
  if (before.tags.length !== after.tags.length || before.tags.some((tag, index) => tag !== after.tags[index])) return false;
  if (movesWhenFinished) return before.status === after.status && before.completed_at === after.completed_at;
  const wasEarly = isFinished(before) && !staysUntilLeft(before, since);
  const isEarly = isFinished(after) && !staysUntilLeft(after, since);
  return wasEarly === isEarly && (!isEarly || before.completed_at === after.completed_at);
}
