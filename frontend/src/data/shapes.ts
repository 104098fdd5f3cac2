/** The words of the data layer: what is held, what a write is, and what can become of it. */
import type { Comment, Filter, List, Tag, Task } from "../api/types";

export interface Kinds {
  task: Task;
  list: List;
  tag: Tag;
  filter: Filter;
  comment: Comment;
}

export type Kind = keyof Kinds;
export type Entity = Kinds[Kind];

export const kinds: readonly Kind[] = ["task", "list", "tag", "filter", "comment"];

/** What a write does to what is shown until the server has answered. Plain data, so that it can be kept and done again. */
export type Effect =
  | { [K in Kind]: { do: "put"; kind: K; id: string; entity: Kinds[K] } }[Kind]
  | { do: "set"; kind: Kind; id: string; fields: Readonly<Record<string, unknown>> }
  | { do: "drop"; kind: Kind; id: string };

export interface Request {
  method: "post" | "put" | "patch" | "delete";
  path: string;
  query?: Readonly<Record<string, string>>;
  body?: unknown;
}

/** Fields that must still be as they were seen; otherwise it is for a person to decide. */
export interface Guard {
  kind: Kind;
  id: string;
  seen: Readonly<Record<string, unknown>>;
  wanted: Readonly<Record<string, unknown>>;
}

/** One thing that a person did. It is kept until the server has answered, and undone as a whole. */
export interface Write {
  /** Also its Idempotency-Key. */
  id: string;
  /** Its place in the queue: microseconds, each number once in a page. */
  at: number;
  /** What was done, as a sentence: Completed “Buy milk”. */
  says: string;
  /** The act that it is a part of, where that is several writes. */
  whole?: Whole;
  /** It is done, and kept for as long as other parts are not, so that the whole can be taken back. */
  done?: { activity: string | null };
  /** What the answer is of; null where it is of nothing that is held. */
  kind: Kind | null;
  request: Request | Undoing;
  shows: readonly Effect[];
  /** What would show it as it was before; null where it can't be taken back. */
  hides: readonly Effect[] | null;
  guard: Guard | null;
}

/** Told, shown and undone as one. */
export interface Whole {
  id: string;
  says: string;
}

/** To take back what was done. */
export interface Undoing {
  /** Another write, or an entry of the activity. */
  undoes: string;
  /** By which the server does so: of a write it is known once that has its answer. */
  activity: string | null;
}

export interface Refused {
  write: Write;
  problem: { status: number; detail: string; fields: Readonly<Record<string, string>>; requestId: string | null };
  /** What somebody else made of it meanwhile, and the fields that both touched. */
  conflict: { current: Entity; fields: readonly string[] } | null;
  /** Writes that only make sense after this one; they wait with it. */
  followers: readonly Write[];
}

/** All that is held, with what is to be sent laid over it. The maps change in place; `version` says when. */
export interface Known {
  readonly version: number;
  readonly task: ReadonlyMap<string, Task>;
  readonly list: ReadonlyMap<string, List>;
  readonly tag: ReadonlyMap<string, Tag>;
  readonly filter: ReadonlyMap<string, Filter>;
  readonly comment: ReadonlyMap<string, Comment>;
  /** The held subtasks of a task, in their order. */
  readonly children: (id: string) => readonly string[];
}

export const isFinished = ({ status }: Pick<Task, "status">): boolean => status === "done" || status === "cancelled";
