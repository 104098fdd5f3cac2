/** Subtasks stand below their parents, where both are shown. */
import type { Task } from "../../api/types";

export interface Branch {
  task: Task;
  depth: number;
  /** How many stand directly below it here. */
  parts: number;
  isFolded: boolean;
}

/** In the order given among those with the same parent; what is folded away is left out. */
export function asTree(tasks: readonly Task[], folded: ReadonlySet<string>): Branch[] {
  if (tasks.every((task) => task.parent === null)) return tasks.map((task) => ({ task, depth: 0, parts: 0, isFolded: false }));
  const here = new Set(tasks.map(({ id }) => id));
  const below = new Map<string, Task[]>();
  const tops: Task[] = [];
  for (const task of tasks) {
    if (task.parent === null || !here.has(task.parent)) tops.push(task);
    else if (below.has(task.parent)) below.get(task.parent)?.push(task);
    else below.set(task.parent, [task]);
  }
  const branches: Branch[] = [];
  const grow = (task: Task, depth: number) => {
    const parts = below.get(task.id) ?? [];
    const isFolded = parts.length > 0 && folded.has(task.id);
    branches.push({ task, depth, parts: parts.length, isFolded });
    if (!isFolded) for (const part of parts) grow(part, depth + 1);
  };
  for (const task of tops) grow(task, 0);
  return branches;
}

/** A task and all that is held below it; what is given below another that is given is left out. */
export function outermost(ids: readonly string[], taskOf: (id: string) => Task | undefined): string[] {
  const given = new Set(ids);
  return ids.filter((id) => {
    for (let above = taskOf(id)?.parent; above; above = taskOf(above)?.parent) if (given.has(above)) return false;
    return true;
  });
}
