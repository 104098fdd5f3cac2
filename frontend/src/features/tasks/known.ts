/**
 * The newest this page knows of each task, whatever told it: a list, an answer, or the stream.
 * Newer versions replace older ones and never the reverse; what is gone stays gone.
 */
import type { Status, Task } from "../../api/types";

export type View = "open" | "finished";
export const statuses: Record<View, Status[]> = { open: ["todo", "in_progress"], finished: ["done", "cancelled"] };

/** Where a task stands in a list that is sorted newest first. */
export type Position = Pick<Task, "created_at" | "id">;

interface Present {
  task: Task;
  /** A task finished just now still stands in the open view, ticked, until one looks elsewhere. */
  views: readonly View[];
  learnt: number;
}

interface Gone {
  gone: number;
  learnt: number;
}

export interface Known {
  /** Counts what was learnt, so that an answer can be told from what came after its question. */
  moment: number;
  entries: ReadonlyMap<string, Present | Gone>;
}

export interface Page {
  view: View;
  items: readonly Task[];
  /** The page covers what comes after this … */
  after: Position | null;
  /** … up to this; to the end when null. */
  upTo: Position | null;
  /** The moment at which it was asked for. */
  asked: number;
}

export const nothing: Known = { moment: 0, entries: new Map() };

export function learn(known: Known, task: Task): Known {
  const before = known.entries.get(task.id);
  if (before !== undefined && versionOf(before) >= task.version) return known;
  const views = before !== undefined && "task" in before ? before.views : [];
  return put(known, task.id, { task, views: [...new Set([...views, viewOf(task)])] });
}

export function forget(known: Known, id: string, version: number): Known {
  const before = known.entries.get(id);
  if (before !== undefined && versionOf(before) > version) return known;
  return put(known, id, { gone: version });
}

/** A page of a list says what is in its range, and so also what is not there any more. */
export function readPage(known: Known, page: Page): Known {
  const learnt = page.items.reduce(learn, known);
  const listed = new Set(page.items.map(({ id }) => id));
  const entries = new Map(learnt.entries);
  for (const [id, entry] of known.entries) {
    if (!("task" in entry) || listed.has(id) || entry.learnt > page.asked || !entry.views.includes(page.view)) continue;
    const { task } = entry;
    if (page.after !== null && newestFirst(task, page.after) <= 0) continue;
    if (page.upTo !== null && newestFirst(task, page.upTo) > 0) continue;
    const views = entry.views.filter((view) => view !== page.view);
    if (views.length === 0) entries.delete(id);
    else entries.set(id, { ...entry, views });
  }
  return { ...learnt, entries };
}

/** Every task back to the one view it belongs to. */
export function settle(known: Known): Known {
  const entries = new Map(known.entries);
  for (const [id, entry] of entries) {
    if ("task" in entry && entry.views.length > 1) entries.set(id, { ...entry, views: [viewOf(entry.task)] });
  }
  return { ...known, entries };
}

/** The tasks of a view, as far down as its list has been read; `held` ones stay, whatever becomes of them. */
export function tasksIn(known: Known, view: View, upTo: Position | null, held: readonly Task[] = []): Task[] {
  const tasks: Task[] = [];
  for (const entry of known.entries.values()) {
    if ("task" in entry && entry.views.includes(view) && (upTo === null || newestFirst(entry.task, upTo) <= 0)) {
      tasks.push(entry.task);
    }
  }
  const there = new Set(tasks.map(({ id }) => id));
  return [...tasks, ...held.filter(({ id }) => !there.has(id))].sort(newestFirst);
}

export function versionKnown(known: Known, id: string): number {
  const entry = known.entries.get(id);
  return entry === undefined ? 0 : versionOf(entry);
}

export const isFinished = ({ status }: Pick<Task, "status">): boolean => statuses.finished.includes(status);

const viewOf = (task: Task): View => (isFinished(task) ? "finished" : "open");

const versionOf = (entry: Present | Gone): number => ("task" in entry ? entry.task.version : entry.gone);

function put(known: Known, id: string, what: Omit<Present, "learnt"> | Omit<Gone, "learnt">): Known {
  const moment = known.moment + 1;
  return { moment, entries: new Map(known.entries).set(id, { ...what, learnt: moment }) };
}

function newestFirst(one: Position, other: Position): number {
  return compare(bare(other.created_at), bare(one.created_at)) || compare(other.id, one.id);
}

/** Without the zone, which is UTC in all of them, a shorter fraction of a second sorts where it belongs. */
const bare = (instant: string): string => instant.replace(/(Z|\+00:00)$/, "");

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
