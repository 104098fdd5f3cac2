import type { Task } from "../../api/types";
import { manually, ordered, type Step } from "../../data/order";
import { isManual } from "./options";

/** Puts tasks in order again and again. Of ten thousand that were in order one has changed: it goes where it belongs. */
export class Ordering {
  #before: readonly Task[] = [];

  of(tasks: readonly Task[], steps: readonly Step[], zone: string): Task[] {
    if (!isManual(steps)) return ordered(tasks, steps, { zone });
    const left = new Set(tasks);
    const known = this.#before.filter((task) => left.delete(task));
    const sorted = merged(known, [...left].sort(manually));
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
    for (let before = many[next]; before !== undefined && manually(before, task) < 0; before = many[next]) {
      all.push(before);
      next += 1;
    }
    all.push(task);
  }
  return all.concat(many.slice(next));
}
