/** Completing tasks and opening them again, and what becomes of those that repeat. */
import type { Recurrence, Status } from "../api/types";
import type { Do } from "./acts";
import { set } from "./deeds";
import { above, isOpen, withAllBelow } from "./families";
import { isFinished, type Known, type Write } from "./shapes";
import { bulk, inPortions, named } from "./taskActs";
import * as say from "./words";

export const stateActs = (known: Known, act: Do) => ({
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

  /** Not this time: the next occurrence follows. */
  skip(id: string): Write {
    return act({ ...ending(known, [id], "cancelled", "skip"), says: say.skipped(named(known, [id])) });
  },

  pause: (series: string) => act(steering(known, series, "pause", "paused")),
  resume: (series: string) => act(steering(known, series, "resume", "active")),
  end: (series: string) => act(steering(known, series, "end", "ended")),
});

function ending(known: Known, ids: readonly string[], status: Status, way: "complete" | "skip" | null) {
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

const deeds = { pause: say.pausedRepeating, resume: say.resumedRepeating, end: say.endedRepeating };

function steering(known: Known, series: string, way: keyof typeof deeds, state: Recurrence["state"]) {
  const occurrences = [...known.task.values()].filter((task) => task.series === series && task.recurrence !== null);
  const [first] = occurrences;
  // What is resumed goes on as a series of its own. Until the server has said which, there is none to steer.
  const anew = way === "resume" ? { series: null } : {};
  return {
    says: deeds[way](first === undefined ? say.aTask : named(known, [first.id])),
    kind: null,
    request: { method: "post" as const, path: `/api/series/${series}/${way}` },
    shows: occurrences.map(({ id, recurrence }) => set("task", id, { ...anew, recurrence: { ...recurrence, state } })),
    guard: null,
  };
}
