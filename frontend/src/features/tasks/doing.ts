/** What is done to one task or several from a list: each is one write, with one undo. */
import type { Data } from "../../data/Data";
import { byOwnDay } from "../../data/dueOn";
import { isFinished } from "../../data/shapes";
import type { DropPlace } from "../../ui/dropTarget";
import type { Day } from "../../time/calendarDays";
import type { Given } from "./groups";
import { isWithin, type Placed } from "./placing";
import { outermost } from "./tree";

export const doingWith = (data: Data, zone: string) => {
  const { acts } = data;
  const taskOf = (id: string) => data.known().task.get(id);
  const finished = (id: string) => {
    const task = taskOf(id);
    return task !== undefined && isFinished(task);
  };

  /** Completes what is open; when nothing of it is, opens all of it again. */
  const complete = (ids: readonly string[]) => {
    const open = ids.filter((id) => !finished(id));
    if (open.length > 0) acts.complete(open);
    else if (ids.length > 0) acts.reopen(ids);
  };

  const tick = (id: string, done: boolean) => {
    if (done) acts.complete([id]);
    else acts.reopen([id]);
  };

  const rename = (id: string, title: string) => {
    acts.change(id, { title });
  };

  const remove = (ids: readonly string[]) => {
    if (ids.length > 0) acts.remove(outermost(ids, taskOf));
  };

  const toList = (ids: readonly string[], list: string) => {
    const movable = outermost(ids, taskOf).filter((id) => taskOf(id)?.list !== list || taskOf(id)?.parent !== null);
    if (movable.length > 0) acts.move(movable, { list, parent: null, at: "last" });
  };

  /** As many writes as there are days of their own zones that this is for them: nearly always one. */
  const toDay = (ids: readonly string[], day: Day) => {
    const tasks = ids.map(taskOf).filter((task) => task !== undefined);
    for (const [due_day, some] of byOwnDay(tasks, day, zone)) acts.changeMany(some, { due_day });
  };

  const give = (ids: readonly string[], given: Given) => {
    if (ids.length === 0) return;
    if ("list" in given) toList(ids, given.list);
    else if ("due_day" in given) toDay(ids, given.due_day);
    else if (!("status" in given)) acts.changeMany(ids, given);
    else if (given.status === "done") acts.complete(ids.filter((id) => !finished(id)));
    else acts.changeMany(ids, given);
  };

  const moveTo = (ids: readonly string[], placed: Placed) => {
    const moved = outermost(ids, taskOf);
    const target = placed.before ?? placed.after ?? placed.parent;
    if (moved.length === 0 || (target != null && isWithin(target, new Set(moved), (id) => taskOf(id)?.parent))) return;
    acts.move(moved, placed);
  };

  const putAt = (ids: readonly string[], place: DropPlace) => {
    if (place.kind === "list") toList(ids, place.id);
    else if (place.kind === "tag") acts.changeMany(ids, { add_tags: [place.id] });
    else if (place.kind === "status") give(ids, { status: place.id === "in_progress" || place.id === "done" ? place.id : "todo" });
    else if (place.id === null) acts.changeMany(ids, { due: null });
    else toDay(ids, place.id);
  };

  return { complete, tick, rename, remove, toList, toDay, give, moveTo, putAt };
};

export type Doing = ReturnType<typeof doingWith>;
