import type { Task } from "../../api/types";
import { ordered, type Order } from "../../data/views";
import type { Sort } from "./options";

/**
 * Puts tasks in order again and again. It begins with the order they were in before, because what is nearly sorted is
 * sorted quickly, and of ten thousand tasks one has changed.
 */
export class Ordering {
  #before: readonly string[] = [];

  of(tasks: readonly Task[], sort: Sort, zone: string): Task[] {
    const order = sort.replace("-", "") as Order;
    const nearly = this.#asBefore(tasks);
    const sorted = sort === "manual" ? nearly.sort(byPosition) : ordered(nearly, order, { zone }, sort.startsWith("-"));
    this.#before = sorted.map(({ id }) => id);
    return sorted;
  }

  #asBefore(tasks: readonly Task[]): Task[] {
    const left = new Map(tasks.map((task) => [task.id, task]));
    const nearly: Task[] = [];
    for (const id of this.#before) {
      const task = left.get(id);
      if (task !== undefined && left.delete(id)) nearly.push(task);
    }
    nearly.push(...left.values());
    return nearly;
  }
}

function byPosition(one: Task, other: Task): number {
  if (one.position !== other.position) return one.position < other.position ? -1 : 1;
  return one.id < other.id ? -1 : 1;
}
