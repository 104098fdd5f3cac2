/** Making tasks, changing them, putting them elsewhere, deleting them. */
import type { ManyPatch, NewTask, Place, QuickAddText, Task, TaskPatch } from "../api/types";
import { newId } from "../api/newId";
import type { Do } from "./acts";
import { drop, guardOf, put, quoted, set, type Deed } from "./deeds";
import { withAllBelow } from "./families";
import { imagined, imaginedRecurrence } from "./plain";
import { placed } from "./places";
import type { Effect, Known, Whole, Write } from "./shapes";
import * as say from "./words";

/** So many at once is one request; more are several. */
const TOGETHER = 500;

export const taskActs = (act: Do, known: Known) => ({
  /** `task` is what is shown at once; with `said`, the server reads the text itself, and takes from `task` what that leaves open. */
  add(task: NewTask, said?: QuickAddText & { defaults?: Partial<NewTask> }, says = say.added(quoted(task.title))): Write {
    const list = listOf(known, task);
    const { defaults, ...text } = said ?? { text: "" };
    const body = said === undefined ? task : { ...defaults, id: task.id, quick_add: text };
    const shows = [put("task", imagined(task, list, new Date()))];
    return act({ says, kind: "task", request: { method: "post", path: "/api/tasks", body }, shows, guard: null });
  },

  change(id: string, patch: TaskPatch, says?: string): Write {
    return act(changing(known, id, patch, says));
  },

  changeMany(ids: readonly string[], patch: ManyPatch, says?: string): Write {
    return inPortions(ids, (those) => says ?? say.changed(named(known, those)), (some, said) => act({ ...changingMany(known, some, patch), ...said }));
  },

  move(ids: readonly string[], place: Place, says?: string): Write {
    let behind = place.after;
    return inPortions(ids, (those) => says ?? say.moved(named(known, those)), (some, said) => {
      const [only] = some;
      const there = behind === undefined ? place : { ...place, after: behind };
      if (behind !== undefined) behind = some.at(-1); // the next of very many go behind these
      const request = some.length === 1 ? { method: "post" as const, path: `/api/tasks/${only}/move`, body: there } : bulk({ ids: some, move: there });
      return act({ ...said, kind: "task", request, shows: placed(known, some, there), guard: null });
    });
  },

  remove(ids: readonly string[]): Write {
    return inPortions(ids, (those) => say.deleted(named(known, those)), (some, said) => {
      const shows = withAllBelow(known, some).map(({ id }) => drop("task", id));
      const [only] = some;
      const request = some.length === 1 ? { method: "delete" as const, path: `/api/tasks/${only}` } : bulk({ ids: some, delete: true });
      return act({ ...said, kind: "task", request, shows, guard: null });
    });
  },
});

/** What people call the tasks of an act: the one by its title, several by their number. */
export function named(known: Known, ids: readonly string[]): string {
  const [only] = ids;
  if (ids.length !== 1 || only === undefined) return say.tasks(ids.length);
  return quoted(known.task.get(only)?.title ?? say.aTask);
}

/** Where a new one goes that does not say it. */
export const listOf = (known: Known, { list, parent }: Pick<NewTask, "list" | "parent">): string => list ?? known.task.get(parent ?? "")?.list ?? inbox(known);

export const inbox = (known: Known): string => [...known.list.values()].find((list) => list.inbox)?.id ?? "";

export const bulk = (body: object) => ({ method: "post" as const, path: "/api/tasks/bulk", body });

interface Said {
  says: string;
  whole?: Whole;
}

/** The last of the writes, of which there are several only for very many tasks. */
export function inPortions(ids: readonly string[], saying: (ids: readonly string[]) => string, act: (some: readonly string[], said: Said) => Write): Write {
  const says = saying(ids);
  if (ids.length <= TOGETHER) return act(ids, { says });
  const whole = { id: newId(), says };
  for (let from = 0; ; from += TOGETHER) {
    const some = ids.slice(from, from + TOGETHER);
    const write = act(some, { says: saying(some), whole });
    if (from + TOGETHER >= ids.length) return write;
  }
}

export function changing(known: Known, id: string, patch: TaskPatch, says = say.changed(named(known, [id]))): Deed {
  const before = known.task.get(id);
  const request = { method: "patch" as const, path: `/api/tasks/${id}`, body: patch };
  return {
    says,
    kind: "task",
    request,
    shows: before === undefined ? [] : shown(known, before, patch),
    guard: before === undefined ? null : guardOf("task", before, patch),
  };
}

function changingMany(known: Known, ids: readonly string[], patch: ManyPatch): Omit<Deed, "says"> {
  const shows = ids.flatMap((id) => {
    const task = known.task.get(id);
    return task === undefined ? [] : shown(known, task, asPatch(task, patch));
  });
  return { kind: "task", request: bulk({ ids, change: patch }), shows, guard: null };
}

function asPatch(task: Task, { add_tags, remove_tags, due_day, ...patch }: ManyPatch): TaskPatch {
  const removed = new Set(remove_tags);
  const tags = [...new Set([...(patch.tags ?? task.tags), ...(add_tags ?? [])])].filter((tag) => !removed.has(tag));
  return {
    ...patch,
    ...(add_tags === undefined && remove_tags === undefined ? {} : { tags }),
    ...(due_day == null ? {} : { due: due_day + (task.due ?? "").slice(due_day.length) }),
  };
}

function shown(known: Known, task: Task, { recurrence, ...patch }: TaskPatch): Effect[] {
  const repeats = recurrence === undefined ? {} : { recurrence: recurrence === null ? null : imaginedRecurrence(recurrence, task.due) };
  const own = set("task", task.id, { ...patch, ...repeats });
  const list = patch.parent == null ? patch.list : known.task.get(patch.parent)?.list;
  if (list == null || list === task.list) return [own];
  const below = withAllBelow(known, [task.id]).slice(1);
  return [set("task", task.id, { parent: null, ...patch, ...repeats, list }), ...below.map(({ id }) => set("task", id, { list }))];
}
