/** One write becomes one request; what the server makes of it is granted, or refused for a reason. */
import { deliver, meant, type Delivered, type Delivery } from "../api/client";
import { isUnauthorised, mayPass, plainly, Problem } from "../api/problem";
import { readBy } from "./noticeActs";
import type { Entity, Guard, Kind, Refused, Request, Undoing, Write } from "./shapes";
import type { Learnt, Shelf } from "./Shelf";
import * as say from "./words";

export type Outcome = { granted: true; learnt: readonly Learnt[]; activity: string | null } | { granted: false; refused: Refused };

export interface Sender {
  shelf: Shelf;
  user: string;
  /** What a refusal said of the newer state. */
  learn: (kind: Kind, entity: Entity) => void;
  /** It was sent before, and its answer may have been lost. */
  mayBeDone: boolean;
  signal: AbortSignal;
}

/** Nobody changes one thing so often that asking more often would help. */
const TRIES = 5;

/** Throws what passes by itself, and when nobody is logged in. */
export async function send(write: Write, sender: Sender): Promise<Outcome> {
  const { guard } = write;
  for (let tried = 1; ; tried += 1) {
    const current = guard === null ? undefined : sender.shelf.base(guard.kind, guard.id);
    const fields = guard === null || current === undefined ? [] : contested(guard, current);
    // Of what may be done already, the server is asked first: it has the answer then.
    if (current !== undefined && fields.length > 0 && (tried > 1 || !sender.mayBeDone)) {
      const problem = { status: 412, detail: say.changedElsewhere, fields: {}, requestId: null };
      return { granted: false, refused: { write, problem, conflict: { current, fields }, followers: [] } };
    }
    try {
      const request = "undoes" in write.request ? undoing(write.request) : write.request;
      // An older version is never the one that is changed, so that nothing is overwritten unseen.
      const version = current && current.version - (fields.length > 0 ? 1 : 0);
      return granted(write, await deliver(delivery(write, request, version, sender.user), sender.signal), sender.shelf);
    } catch (error) {
      if (isUnauthorised(error) || mayPass(error) || sender.signal.aborted) throw error;
      if (!(error instanceof Problem)) throw error;
      if (guard !== null && error.status === 412 && isEntity(error.current) && tried < TRIES) {
        sender.learn(guard.kind, error.current);
      } else if (error.status === 404 && error.kind !== "" && (isDeletion(write) || readBy(write) !== null)) {
        return { granted: true, learnt: [], activity: null }; // somebody was quicker, or it was tidied away
      } else {
        return { granted: false, refused: { write, problem: plainly(error), conflict: null, followers: [] } };
      }
    }
  }
}

/** The fields that somebody else has made something else of. */
function contested({ seen, wanted }: Guard, current: Entity): string[] {
  const now = current as unknown as Record<string, unknown>;
  return Object.keys(seen).filter((field) => now[field] !== seen[field] && now[field] !== wanted[field]);
}

function delivery(write: Write, { method, path, query, body }: Request, version: number | undefined, user: string): Delivery {
  const headers: Record<string, string> = { ...meant(user), "idempotency-key": write.id };
  if (version !== undefined) headers["if-match"] = `"${version}"`;
  return { method, path, query, ...(body === undefined ? {} : { body }), headers };
}

function undoing({ activity }: Undoing): Request {
  if (activity === null) throw new Problem(409, say.toldOfNothing);
  return { method: "post", path: `/api/activity/${activity}/undo` };
}

const isDeletion = ({ request }: Write): boolean => "method" in request && request.method === "delete";

function granted(write: Write, { said, activity, isRepeated }: Delivered, shelf: Shelf): Outcome {
  const removed = new Set(write.shows.filter((effect) => effect.do === "drop").map(({ id }) => id));
  // Of what was deleted, an answer has what it was before.
  const learnt = (write.kind === null ? [] : told(write.kind, said)).map((one) => (removed.has(one.id) ? { ...one, entity: null } : one));
  // An old answer tells nothing of what is gone, or back, since then: whoever has to know asks what has changed.
  const isSure = ({ kind, id, entity }: Learnt) => !isRepeated || (entity !== null && shelf.base(kind, id) !== undefined);
  return { granted: true, learnt: learnt.filter(isSure), activity };
}

/** What an answer says of things: one; several; or a completed task with the one that follows. */
export function told(kind: Kind, answer: unknown): Learnt[] {
  if (typeof answer !== "object" || answer === null) return [];
  const { items, task, next } = answer as { items?: unknown; task?: unknown; next?: unknown };
  if (Array.isArray(items)) return items.filter(isEntity).map((entity) => asLearnt(kind, entity));
  if (isEntity(task)) return [task, next].filter(isEntity).map((entity) => asLearnt("task", entity));
  return isEntity(answer) ? [asLearnt(kind, answer)] : [];
}

const asLearnt = (kind: Kind, entity: Entity): Learnt => ({ kind, id: entity.id, entity }) as Learnt;

const isEntity = (value: unknown): value is Entity =>
  typeof value === "object" && value !== null && typeof (value as Entity).id === "string" && typeof (value as Entity).version === "number";
