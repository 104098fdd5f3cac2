import type { Task } from "../../api/types";
import { ordered, type Order } from "../../data/views";
import type { Sort } from "./options";

/** Puts tasks in order again and again. Of ten thousand that were in order one has changed: it goes where it belongs. */
export class Ordering {
  #before: readonly Task[] = [];

  of(tasks: readonly Task[], sort: Sort, zone: string): Task[] {
    const order = sort.replace("-", "") as Order;
    if (sort !== "manual") return ordered(tasks, order, { zone }, sort.startsWith("-"));
    const left = new Set(tasks);
    const known = this.#before.filter((task) => left.delete(task));
    const sorted = merged(known, [...left].sort(byPosition));
    this.#before = sorted;
    return sorted;
  }
}

/** Both are in order. */
function merged(many: readonly Task[], few: readonly Task[]): Task[] {
  if (few.length === 0) return [...many];
  const all: Task[] = [];
  let next = 0;
  for (const task of few) {
    for (let before = many[next]; before !== undefined && byPosition(before, task) < 0; before = many[next]) {
      all.push(before);
      next += 1;
    }
    all.push(task);
  }
  return all.concat(many.slice(next));
}

function byPosition(one: Task, other: Task): number {
  if (one.position !== other.position) return one.position < other.position ? -1 : 1;
  return one.id < other.id ? -1 : 1;
}
