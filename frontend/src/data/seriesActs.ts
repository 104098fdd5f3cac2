/** What is done about all of a task that repeats, or about this time only. */
import type { Recurrence, TaskPatch } from "../api/types";
import type { Do } from "./acts";
import { drop, set } from "./deeds";
import { withAllBelow } from "./families";
import type { Known, Write } from "./shapes";
import { ending } from "./stateActs";
import { changing, named } from "./taskActs";
import * as say from "./words";

export const seriesActs = (act: Do, known: Known) => ({
  /** This occurrence and all that follow. */
  changeSeries(id: string, patch: TaskPatch): Write {
    const deed = changing(known, id, patch);
    return act({ ...deed, request: { method: "patch", path: `/api/tasks/${id}`, query: { scope: "future" }, body: patch } });
  },

  /** This occurrence and all that would follow. */
  removeSeries(id: string): Write {
    const shows = withAllBelow(known, [id]).map((task) => drop("task", task.id));
    const request = { method: "delete" as const, path: `/api/tasks/${id}`, query: { scope: "future" } };
    return act({ says: say.deletedWithAllThatFollow(named(known, [id])), kind: "task", request, shows, guard: null });
  },

  /** Not this time: the next occurrence follows. */
  skip(id: string): Write {
    return act({ ...ending(known, [id], "cancelled", "skip"), says: say.skipped(named(known, [id])) });
  },

  pause: (series: string) => act(steering(known, series, "pause", "paused")),
  resume: (series: string) => act(steering(known, series, "resume", "active")),
  end: (series: string) => act(steering(known, series, "end", "ended")),
});

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
