/** What a person has asked for and the server has not answered yet, laid over what is known. */
import type { Task } from "../../api/types";
import type { NewTask, TaskPatch } from "./patch";
import { plain } from "./plain";

export type Wish =
  | { kind: "add"; draft: NewTask; key: string }
  /** With `base`, the wish holds only for the task as it was seen; without, for whatever it is now. */
  | { kind: "change"; id: string; patch: TaskPatch; base?: Task }
  | { kind: "delete"; id: string; title: string };

export interface Pending {
  wish: Wish;
  /** It was sent and not heard; it will be sent again. */
  unheard: boolean;
}

export interface Row {
  task: Task;
  /** Not yet on the server. */
  isNew: boolean;
  unheard: boolean;
}

/** The list as it will be once everything asked for has been granted. */
export function asWished(tasks: readonly Task[], pending: readonly Pending[], now: () => Date): Row[] {
  const there = new Set(tasks.map(({ id }) => id));
  let rows: Row[] = tasks.map((task) => ({ task, isNew: false, unheard: false }));
  for (const { wish, unheard } of pending) {
    if (wish.kind === "add") {
      if (!there.has(wish.draft.id)) rows.unshift({ task: imagined(wish.draft, now()), isNew: true, unheard });
    } else if (wish.kind === "delete") {
      rows = rows.filter(({ task }) => task.id !== wish.id);
    } else {
      rows = rows.map((row) =>
        row.task.id === wish.id ? { ...row, task: { ...row.task, ...wish.patch }, unheard: row.unheard || unheard } : row,
      );
    }
  }
  return rows;
}

function imagined(draft: NewTask, now: Date): Task {
  const instant = now.toISOString();
  return {
    ...plain,
    ...draft,
    list: "", // the Inbox; nothing here looks at it before the server has answered
    position: "",
    created_at: instant,
    updated_at: instant,
    version: 0,
  };
}

/** The fields of a patch that somebody else has changed to something else since `base`. */
export function contested(base: Task, patch: TaskPatch, current: Task): (keyof TaskPatch)[] {
  return (Object.keys(patch) as (keyof TaskPatch)[]).filter(
    (field) => current[field] !== base[field] && current[field] !== patch[field],
  );
}
