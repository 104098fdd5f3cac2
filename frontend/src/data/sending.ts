/** One write becomes one request; what the server makes of it is granted, or refused for a reason. */
import { deliver, meant, type Delivery } from "../api/client";
import { isUnauthorised, isPassing, Problem, sentence } from "../api/problem";
import type { Done, Entity, Guard, Kind, Refused, Request, Undoing, Write } from "./shapes";
import type { Learnt, Shelf } from "./Shelf";

export type Outcome = { granted: true; learnt: readonly Learnt[]; done: Done | null } | { granted: false; refused: Refused };

export interface Sender {
  shelf: Shelf;
  user: string;
  /** What a refusal said of the newer state. */
  learn: (kind: Kind, entity: Entity) => void;
  /** The event by which the server can undo what it did. */
  eventOf: (done: Done) => Promise<string>;
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
    if (current !== undefined && fields.length > 0) {
      const problem = { status: 412, detail: "It was changed elsewhere meanwhile.", fields: {}, requestId: null };
      return { granted: false, refused: { write, problem, conflict: { current, fields }, followers: [] } };
    }
    try {
      const request = "undoes" in write.request ? await undoing(write.request, sender) : write.request;
      const answer = await deliver(delivery(write, request, current, sender.user), sender.signal);
      return granted(write, answer);
    } catch (error) {
      if (isUnauthorised(error) || mayPass(error) || sender.signal.aborted) throw error;
      if (!(error instanceof Problem)) throw error;
      if (guard !== null && error.status === 412 && isEntity(error.current) && tried < TRIES) {
        sender.learn(guard.kind, error.current);
      } else if (error.status === 404 && isDeletion(write)) {
        return { granted: true, learnt: [], done: null }; // somebody was quicker, or the first answer got lost
      } else {
        return { granted: false, refused: { write, problem: plainly(error), conflict: null, followers: [] } };
      }
    }
  }
}

export const mayPass = (error: unknown): boolean => isPassing(error) || (error instanceof Problem && error.status === 429);

export const plainly = (error: unknown): Refused["problem"] => ({
  status: error instanceof Problem ? error.status : 0,
  detail: sentence(error),
  fields: error instanceof Problem ? error.fields : {},
  requestId: error instanceof Problem ? error.requestId : null,
});

/** The fields that somebody else has made something else of. */
export function contested({ seen, wanted }: Guard, current: Entity): string[] {
  const now = current as unknown as Record<string, unknown>;
  return Object.keys(seen).filter((field) => now[field] !== seen[field] && now[field] !== wanted[field]);
}

function delivery(write: Write, { method, path, query, body }: Request, current: Entity | undefined, user: string): Delivery {
  const headers = meant(user);
  if (method === "post") headers["idempotency-key"] = write.id;
  if (current !== undefined) headers["if-match"] = `"${current.version}"`;
  return { method, path, query, ...(body === undefined ? {} : { body }), headers };
}

async function undoing({ done }: Undoing, { eventOf }: Sender): Promise<Request> {
  if (done === null) throw new Problem(409, "What was done cannot be named to the server. Undo it from the activity.");
  return { method: "post", path: `/api/activity/${await eventOf(done)}/undo` };
}

const isDeletion = ({ request }: Write): boolean => "method" in request && request.method === "delete";

function granted(write: Write, answer: unknown): Outcome {
  const removed = new Set(write.shows.filter((effect) => effect.do === "drop").map(({ id }) => id));
  const said = write.kind === null ? [] : told(write.kind, answer);
  // Of what was deleted, an answer has what it was before.
  const learnt = said.map((one) => (removed.has(one.id) ? ({ ...one, entity: null }) : one));
  return { granted: true, learnt, done: doneBy(write, said, answer) };
}

/** What has an event of this write: what it deleted, else what it shows of what was answered. A merged tag's answer is of another. */
function doneBy({ shows }: Write, said: readonly Learnt[], answer: unknown): Done | null {
  const removed = shows.find((effect) => effect.do === "drop");
  if (removed !== undefined) return { id: removed.id, version: null };
  const shown = new Set(shows.map(({ id }) => id));
  const entity = said.find(({ id }) => shown.has(id))?.entity ?? answer;
  return isEntity(entity) ? { id: entity.id, version: entity.version } : null;
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

export function learnAs(shelf: Shelf, kind: Kind, entity: Entity): boolean {
  return shelf.learn(kind, entity);
}

const isEntity = (value: unknown): value is Entity =>
  typeof value === "object" && value !== null && typeof (value as Entity).id === "string" && typeof (value as Entity).version === "number";
