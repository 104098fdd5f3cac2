/** Where tasks will stand once they are moved: keys between those of their neighbours, as the server makes them. */
import { generateNKeysBetween } from "fractional-indexing";
import type { Place, Task } from "../api/types";
import { set } from "./deeds";
import { siblings, withAllBelow } from "./families";
import type { Standing } from "./order";
import type { Effect, Known } from "./shapes";

export function placed(known: Known, ids: readonly string[], place: Place): Effect[] {
  const tasks = ids.map((id) => known.task.get(id)).filter((task) => task !== undefined);
  const [first] = tasks;
  if (first === undefined) return [];
  const group = groupOf(known, first, place);
  const others = siblings(known, group).filter(({ id }) => !ids.includes(id));
  const keys = keysAmong(others, place, tasks.length);
  const own = tasks.map((task, index) => set("task", task.id, { ...group, position: keys[index] ?? task.position }));
  const below = withAllBelow(known, ids).filter(({ id, list }) => !ids.includes(id) && list !== group.list);
  return [...own, ...below.map(({ id }) => set("task", id, { list: group.list }))];
}

function groupOf(known: Known, task: Task, { list, parent, before, after }: Place): Pick<Task, "list" | "parent"> {
  const beside = known.task.get(before ?? after ?? "");
  if (beside !== undefined) return { list: beside.list, parent: beside.parent };
  if (parent != null) return { list: known.task.get(parent)?.list ?? task.list, parent };
  if (list != null) return { list, parent: null };
  return { list: task.list, parent: parent === null ? null : task.parent };
}

/** `others` are in their order. */
export function keysAmong(others: readonly Standing[], { before, after, at }: Place, count: number): string[] {
  const place = before != null ? others.findIndex(({ id }) => id === before) : after != null ? others.findIndex(({ id }) => id === after) + 1 : at === "first" ? 0 : others.length;
  const low = others[place - 1]?.position ?? null;
  const high = others[place]?.position ?? null;
  // Two that have one key stand in the order of their ids; nothing fits between them until the server gives them others.
  return low !== null && high !== null && low >= high ? [] : generateNKeysBetween(low, high, count);
}
