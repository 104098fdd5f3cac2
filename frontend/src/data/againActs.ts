/** A task once more: a copy of it, or itself after it was deleted. */
import { newId } from "../api/newId";
import type { Task } from "../api/types";
import type { Do } from "./acts";
import { put, quoted } from "./deeds";
import type { Effect, Known, Write } from "./shapes";
import { named } from "./taskActs";
import * as say from "./words";

export const againActs = (act: Do, known: Known) => ({
  restore(task: Pick<Task, "id" | "title">): Write {
    const request = { method: "post" as const, path: `/api/tasks/${task.id}/restore` };
    return act({ says: say.restored(quoted(task.title)), kind: "task", request, shows: [], guard: null });
  },

  duplicate(id: string, withSubtasks: boolean): Write {
    const original = known.task.get(id);
    const copy = newId();
    const shows: Effect[] = original === undefined ? [] : [put("task", { ...original, id: copy, version: 0, status: "todo", completed_at: null, series: null, recurrence: null })];
    const request = { method: "post" as const, path: `/api/tasks/${id}/duplicate`, body: { id: copy, with_subtasks: withSubtasks } };
    return act({ says: say.duplicated(named(known, [id])), kind: "task", request, shows, guard: null });
  },
});
