/** Read all that the page holds: a person's open tasks, and all lists, tags and filters. */
import type { Ask } from "../api/client";
import type { Filter, List, Tag, Task } from "../api/types";

export interface Everything {
  task: Task[];
  list: List[];
  tag: Tag[];
  filter: Filter[];
  /** What was changed after this number may be missing from it. */
  head: number;
}

const PAGE = 200;

export async function everything(ask: Ask, signal: AbortSignal, onLoaded: (tasks: number) => void): Promise<Everything> {
  const { head } = await ask("get", "/api/changes", { signal });
  const [list, tag, filter, task] = await Promise.all([
    pages((cursor) => ask("get", "/api/lists", { query: { limit: PAGE, ...cursor }, signal })),
    pages((cursor) => ask("get", "/api/tags", { query: { limit: PAGE, ...cursor }, signal })),
    pages((cursor) => ask("get", "/api/filters", { query: { limit: PAGE, ...cursor }, signal })),
    pages((cursor) => ask("get", "/api/tasks", { query: { limit: PAGE, status: ["todo", "in_progress"], ...cursor }, signal }), onLoaded),
  ]);
  return { task, list, tag, filter, head };
}

async function pages<T>(
  read: (cursor: { cursor?: string }) => Promise<{ items: T[]; next?: string | null }>,
  onLoaded: (count: number) => void = () => undefined,
): Promise<T[]> {
  const items: T[] = [];
  let next: string | null = null;
  do {
    const page = await read(next === null ? {} : { cursor: next });
    items.push(...page.items);
    next = page.next ?? null;
    onLoaded(items.length);
  } while (next !== null);
  return items;
}
