/** Completing tasks and opening them again. */
import type { Status } from "../api/types";
import type { Do } from "./acts";
import { set } from "./deeds";
import { above, isOpen, withAllBelow } from "./families";
import { isFinished, type Known, type Write } from "./shapes";
import { bulk, inPortions, named } from "./taskActs";
import * as say from "./words";

export const stateActs = (act: Do, known: Known) => ({
  complete(ids: readonly string[]): Write {
    return inPortions(ids, (those) => say.completed(named(known, those)), (some, said) => act({ ...ending(known, some, "done", "complete"), ...said }));
  },

  cancel(ids: readonly string[]): Write {
    return inPortions(ids, (those) => say.cancelled(named(known, those)), (some, said) => act({ ...ending(known, some, "cancelled", null), ...said }));
  },

  reopen(ids: readonly string[]): Write {
    return inPortions(ids, (those) => say.reopened(named(known, those)), (some, said) => {
      const lines = some.flatMap((id) => {
        const task = known.task.get(id);
        return task === undefined ? [] : [...above(known, task).filter(isFinished), task];
      });
      const shows = [...new Set(lines)].map(({ id }) => set("task", id, { status: "todo", completed_at: null, skipped_at: null }));
      const [only] = some;
      const request = some.length === 1 ? { method: "post" as const, path: `/api/tasks/${only}/reopen` } : bulk({ ids: some, change: { status: "todo" } });
      return act({ ...said, kind: "task", request, shows, guard: null });
    });
  },
});

export function ending(known: Known, ids: readonly string[], status: Status, way: "complete" | "skip" | null) {
  const completed_at = status === "done" ? new Date().toISOString() : null;
  const ended = withAllBelow(known, ids).filter(isOpen);
  const [only] = ids;
  const alone = ids.length === 1 && way !== null;
  return {
    kind: "task" as const,
    request: alone ? { method: "post" as const, path: `/api/tasks/${only}/${way}`, ...(way === "complete" ? { body: { completed_at } } : {}) } : bulk({ ids, change: { status } }),
    shows: ended.map(({ id }) => set("task", id, { status, completed_at })),
    guard: null,
  };
}
