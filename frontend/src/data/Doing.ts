/** What a person does, undoes, and decides about what was refused: all of it becomes writes. */
import { newId } from "../api/newId";
import { actsOn, type Acts, type Sort } from "./acts";
import { inverse, type Deed } from "./deeds";
import { inOrder } from "./followers";
import type { Queue } from "./Queue";
import type { Refused, Whole, Write } from "./shapes";
import type { Shelf } from "./Shelf";
import * as say from "./words";

export class Doing {
  readonly acts: Acts;
  readonly #shelf: Shelf;
  readonly #queue: Queue;
  readonly #onWrite = new Set<(write: Write) => void>();
  readonly #made: Write[] = [];
  #at = 0;

  constructor(shelf: Shelf, queue: Queue) {
    this.#shelf = shelf;
    this.#queue = queue;
    this.acts = this.of(actsOn);
  }

  of<Some>(sort: Sort<Some>): Some {
    return sort((deed) => this.#do(deed), this.#shelf.known);
  }

  onWrite(listener: (write: Write) => void): () => void {
    this.#onWrite.add(listener);
    return () => this.#onWrite.delete(listener);
  }

  /** What is done from now on comes after these, also where the clock was set back. */
  goOnAfter(writes: readonly Write[]): void {
    this.#at = Math.max(this.#at, ...writes.map(({ at }) => at));
  }

  /** Undo it: not sent yet, it is as if it had never been; else the server takes it back when all before it is done. */
  takeBack(write: Write): void {
    const { whole } = write;
    if (whole === undefined) {
      this.#takeBack(write);
      return;
    }
    const made = this.#made.filter((one) => one.whole?.id === whole.id);
    const parts = inOrder([...made, ...this.#queue.partsOf(whole.id)]);
    const undo = { id: newId(), says: say.undone(whole.says) };
    this.#shelf.together(() => {
      for (const part of parts.toReversed()) this.#takeBack(part, undo);
    });
  }

  /** The last thing done here, if it can be taken back: never one before it instead, whose undoing would surprise. */
  lastUndoable(): Write | null {
    const last = this.#made.findLast(({ id }) => this.#queue.isUndoable(id) || this.#queue.grants.has(id));
    return last !== undefined && this.#queue.isUndoable(last.id) ? last : null;
  }

  retry(refused: Refused): void {
    this.#queue.decide(refused, this.#again(refused, refused.write.guard));
  }

  discard(refused: Refused): void {
    this.#queue.decide(refused, []);
  }

  /** What was written here stands, over what somebody else made of it. */
  keepMine(refused: Refused): void {
    const { write, conflict } = refused;
    if (write.guard === null || conflict === null) return;
    const now = conflict.current as unknown as Record<string, unknown>;
    const seen = Object.fromEntries(Object.keys(write.guard.seen).map((field) => [field, now[field]]));
    this.#queue.decide(refused, this.#again(refused, { ...write.guard, seen }));
  }

  #do(deed: Deed): Write {
    const hides = deed.hides === undefined ? inverse(deed.shows, this.#shelf.known) : deed.hides;
    const write = this.#enqueue({ ...deed, hides });
    if (write.hides !== null) this.#made.push(write);
    for (const listener of this.#onWrite) listener(write);
    return write;
  }

  #takeBack(write: Write, whole?: Whole): void {
    if (write.hides === null || this.#queue.isBeingUndone(write.id)) return;
    const place = this.#made.findIndex(({ id }) => id === write.id);
    if (place >= 0) this.#made.splice(place, 1);
    const refused = this.#queue.refused.find((one) => one.write.id === write.id);
    if (refused !== undefined) this.discard(refused);
    if (refused !== undefined || this.#queue.withdraw(write.id)) return;
    const request = { undoes: write.id, activity: null };
    this.#enqueue({ says: say.undone(write.says), ...(whole && { whole }), kind: null, request, shows: write.hides, hides: null, guard: null });
  }

  /** Each tab has the refused write's id as settled, so that another try is another write; what follows comes after it. */
  #again({ write, followers }: Refused, guard: Write["guard"]): Write[] {
    const anew = { ...write, guard, id: newId(), at: this.#next() };
    const place = this.#made.findIndex(({ id }) => id === write.id);
    if (place >= 0) this.#made[place] = anew;
    const of = (request: Write["request"]) => ("undoes" in request && request.undoes === write.id ? { ...request, undoes: anew.id } : request);
    return [anew, ...followers.map((follower) => ({ ...follower, request: of(follower.request), at: this.#next() }))];
  }

  #enqueue(deed: Omit<Write, "id" | "at">): Write {
    const write = { ...deed, id: newId(), at: this.#next() };
    this.#queue.add(write);
    return write;
  }

  #next(): number {
    this.#at = Math.max(this.#at + 1, Date.now() * 1000);
    return this.#at;
  }
}
