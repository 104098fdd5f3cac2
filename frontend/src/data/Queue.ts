/**
 * What a person did and the server has not answered yet: one queue, kept in the browser, sent in its order by one tab
 * at a time. A write leaves it granted, or refused; and a refused one stays until its person has decided.
 */
import { isUnauthorised, mayPass, plainly, waitOf } from "../api/problem";
import { followersOf, inOrder, withoutIt } from "./followers";
import { Grants } from "./Grants";
import { inTurn } from "./inTurn";
import type { Keeper } from "./Keeper";
import { Parts } from "./Parts";
import type { Ends, QueueState } from "./queueEnds";
import type { Outcome } from "./sending";
import type { Refused, Write } from "./shapes";
import type { Learnt } from "./Shelf";
import type { Granted, Told } from "./telling";
import { afterClick, rest, untilNews } from "./waiting";
import { WriteKeeper } from "./WriteKeeper";

interface Settled {
  learnt: readonly Learnt[];
  refused: Refused | null;
  granted: Granted | null;
}

export class Queue {
  readonly #ends: Ends;
  readonly grants = new Grants();
  readonly #parts = new Parts();
  readonly #news = new EventTarget();
  readonly #kept: WriteKeeper;
  /** Answered or decided here or in another tab: an old look into the store does not bring them back. */
  readonly #settled = new Set<string>();
  readonly #decided = new Set<string>();
  /** What other tabs have done since this one has begun to look into the store, which may not have shown it yet. */
  #heardMeanwhile: Write[] | null = null;
  /** The server may have heard of this one, also where its answer never came. */
  #tried: string | null = null;
  /** Whether it is this tab that sends. */
  #leads = false;
  writes: readonly Write[] = [];
  refused: readonly Refused[] = [];
  state: QueueState = "idle";

  constructor(ends: Ends) {
    this.#ends = ends;
    this.#kept = new WriteKeeper(ends.onTrouble);
  }

  /** What is kept comes first, then what was done since, which is kept now. What others settled meanwhile is not kept any more. */
  keepIn(keeper: Keeper | null, writes: readonly Write[], refused: readonly Refused[]): void {
    const unkept = this.#kept.keepIn(keeper);
    for (const { id, done } of writes) if (done !== undefined) this.grants.add({ id, ...done }, undefined);
    for (const write of writes) {
      const granted = this.grants.of(write.id); // also while the store was read
      if (granted !== null) this.#parts.add(write, granted);
    }
    const waiting = [...writes, ...(this.#heardMeanwhile ?? [])].filter(({ id, done }) => done === undefined && !this.#settled.has(id));
    this.#heardMeanwhile = null;
    this.writes = inOrder([...waiting, ...unkept].map(this.grants.knowing));
    const open = refused.filter(({ write }) => !this.#decided.has(write.id));
    for (const { write } of refused.filter((one) => !open.includes(one))) this.#kept.decide(write.id, []);
    this.refused = [...open, ...this.refused.filter((one) => !refused.some((kept) => kept.write.id === one.write.id))];
    this.#letGoOfParts();
    this.#changed();
  }

  /** Nothing can be kept until there is a store again. */
  letGo(): void {
    this.#kept.letGo();
  }

  /** Another tab may be sending already, and says how that goes. */
  greet(): void {
    this.#heardMeanwhile = [];
    this.#ends.tell({ said: "hello" });
  }

  add(made: Write): void {
    const write = this.grants.knowing(made);
    this.#kept.add(write);
    this.writes = inOrder([...this.writes, write]);
    this.#ends.tell({ said: "queued", write });
    this.#changed();
  }

  /** Take a write out that was not sent yet, with all that followed from it. False: it is too late for that. */
  withdraw(id: string): boolean {
    const write = this.writes.find((one) => one.id === id);
    if (write === undefined || !this.#leads || this.#tried === id) return false;
    this.#settle(write, { learnt: [], refused: null, granted: null });
    return true;
  }

  isBeingUndone(id: string): boolean {
    return this.writes.some(({ request }) => "undoes" in request && request.undoes === id);
  }

  /** It waits, or the server did something for it. */
  isUndoable(id: string): boolean {
    return this.writes.some((write) => write.id === id) || this.grants.isUndoable(id);
  }

  /** All that there is of an act that is several writes. */
  partsOf(whole: string): readonly Write[] {
    const all = [...this.#parts.held, ...this.writes, ...this.refused.map(({ write }) => write)];
    return all.filter((write) => write.whole?.id === whole);
  }

  /** Once more, as it is or as it was made since; or not at all. */
  decide({ write: { id } }: Refused, again: readonly Write[]): void {
    this.#unrefuse(id, again);
    this.#kept.decide(id, again);
    this.#letGoOfParts();
    this.#ends.tell({ said: "decided", id, again });
  }

  /** Another tab did this. */
  hear(told: Told): void {
    switch (told.said) {
      case "queued": {
        const { request } = told.write;
        this.#heardMeanwhile?.push(told.write);
        this.writes = inOrder([...this.writes, this.grants.knowing(told.write)]);
        // Only who sends knows that it is not too late.
        if ("undoes" in request && this.withdraw(request.undoes)) return;
        break;
      }
      case "settled":
        this.#forget(told.ids, told.refused, told.granted);
        break;
      case "decided":
        this.#heardMeanwhile?.push(...told.again);
        this.#unrefuse(told.id, told.again);
        return;
      case "state":
        if (!this.#leads) this.#be(told.state);
        return;
      case "hello":
        if (this.#leads) this.#ends.tell({ said: "state", state: this.state });
        return;
    }
    this.#changed();
  }

  /** Send, until the end of it. */
  run(user: string, signal: AbortSignal): Promise<void> {
    return inTurn(`taskora-queue-${user}`, signal, () => this.#work(signal));
  }

  /** There is a reason to hope: somebody logged in, or the network is back. */
  wake(): void {
    this.#news.dispatchEvent(new Event("hope"));
  }

  async #work(signal: AbortSignal): Promise<void> {
    let failures = 0;
    this.#leads = true;
    this.#tried = this.writes[0]?.id ?? null; // by who sent until now, perhaps
    signal.addEventListener("abort", () => {
      this.#leads = false;
    });
    const isOver = () => signal.aborted;
    while (!isOver()) {
      const [write] = this.writes;
      if (write === undefined) {
        this.#be("idle");
        await untilNews(this.#news, signal);
        await afterClick(signal);
        continue;
      }
      if (failures === 0) this.#be("sending");
      try {
        const mayBeDone = this.#tried === write.id;
        this.#tried = write.id;
        const outcome = await this.#ends.send(write, mayBeDone, signal);
        failures = 0;
        await this.#became(write, outcome);
      } catch (error) {
        if (isOver()) return;
        failures += 1;
        if (isUnauthorised(error)) {
          this.#be("stopped");
          this.#ends.onSignedOut();
          await untilNews(this.#news, signal, "hope");
        } else if (mayPass(error)) {
          this.#be("waiting");
          await rest(waitOf(error), failures, this.#news, signal);
        } else {
          reportError(error);
          this.#refuse(write, { write, problem: plainly(error), conflict: null, followers: [] });
        }
      }
    }
  }

  async #became(write: Write, outcome: Outcome): Promise<void> {
    if (!outcome.granted) {
      this.#refuse(write, outcome.refused);
      return;
    }
    const learnt = await this.#ends.take(outcome.learnt, write);
    this.#settle(write, { learnt, refused: null, granted: { id: write.id, activity: outcome.activity } });
  }

  #refuse(write: Write, refused: Refused): void {
    this.#settle(write, { learnt: [], refused, granted: null });
  }

  #settle(write: Write, { learnt, refused, granted }: Settled): void {
    const followers = granted !== null ? [] : followersOf(write, this.writes, refused?.conflict ?? null);
    const kept = refused === null ? null : { ...refused, followers };
    const ids = [write, ...followers].map(({ id }) => id);
    const before = new Set([...this.writes, ...this.#parts.held]);
    const over = this.#forget(ids, kept, granted);
    const others = [...this.writes, ...this.#parts.held].filter((one) => !before.has(one));
    this.#kept.settle([...ids, ...over], kept, others);
    this.#ends.tell({ said: "settled", ids, learnt, refused: kept, granted });
    this.#changed();
  }

  /** Comes back with what else need not be kept any more. */
  #forget(ids: readonly string[], refused: Refused | null, granted: Granted | null): readonly string[] {
    const done = this.writes.find(({ id }) => id === granted?.id);
    if (granted !== null) this.grants.add(granted, done);
    if (granted !== null && done !== undefined) this.#parts.add(done, granted);
    const undone = this.writes.filter(({ id }) => ids.includes(id) && id !== granted?.id);
    const left = this.writes.filter(({ id }) => !ids.includes(id));
    this.writes = left.map((write) => undone.reduce(withoutIt, this.grants.knowing(write)));
    for (const id of ids) this.#settled.add(id);
    this.#kept.forget(ids);
    if (refused !== null) this.refused = [...this.refused.filter(({ write }) => write.id !== refused.write.id), refused];
    return this.#parts.letGo(this.writes, this.refused);
  }

  #letGoOfParts(): void {
    this.#kept.settle(this.#parts.letGo(this.writes, this.refused), null, []);
  }

  #unrefuse(id: string, again: readonly Write[]): void {
    this.#decided.add(id);
    this.refused = this.refused.filter(({ write }) => write.id !== id);
    this.writes = inOrder([...this.writes, ...again]);
    this.#changed();
  }

  #be(state: QueueState): void {
    if (this.state === state) return;
    this.state = state;
    if (this.#leads) this.#ends.tell({ said: "state", state });
    this.#ends.onChange();
  }

  #changed(): void {
    this.#ends.onChange();
    this.#news.dispatchEvent(new Event("news"));
  }
}
