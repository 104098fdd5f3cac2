/** All that a person's page holds and what they do with it: one for each person who is logged in here. */
import { Unreachable } from "../api/problem";
import type { Change, User } from "../api/types";
import type { Acts, Sort } from "./acts";
import { Doing } from "./Doing";
import { Holding, type Loading } from "./Holding";
import { Keeper } from "./Keeper";
import { Queue } from "./Queue";
import { isHeldUp } from "./queueEnds";
import type { Entity, Kind, Known, Refused, Write } from "./shapes";
import type { Learnt } from "./Shelf";
import type { Told } from "./telling";

interface Ears {
  onSignedOut: () => void;
  onUser: (user: User) => void;
}

/** Fetched once there is something to send: where it cannot be, nothing else could be either. */
const sending = () =>
  import("./sending").catch((cause: unknown) => {
    throw new Unreachable(cause);
  });

/** Asked again each time, since it may have become so while something was awaited. */
const isOver = (signal: AbortSignal): boolean => signal.aborted;

export class Data {
  readonly #holding: Holding;
  readonly #doing: Doing;
  readonly #queue: Queue;
  readonly #user: string;
  #ears: Ears | null = null;
  #over = new AbortController();
  #channel: BroadcastChannel | null = null;
  readonly #listeners = new Set<() => void>();
  #keeper: Keeper | null = null;
  /** False where this browser keeps nothing: what was not sent is lost with the page. */
  isKept = true;

  constructor(user: string) {
    this.#user = user;
    const onSignedOut = () => this.#ears?.onSignedOut();
    const onTrouble = (error: unknown) => {
      this.#onTrouble(error);
    };
    this.#holding = new Holding(user, {
      onLoading: () => {
        this.#tell();
      },
      onUser: (changed) => this.#ears?.onUser(changed),
      onSignedOut,
      onTrouble,
    });
    const { shelf } = this.#holding;
    this.#queue = new Queue({
      send: async (write, mayBeDone, signal) => {
        const { send } = await sending();
        return send(write, {
          shelf,
          user,
          learn: (kind, entity) => {
            this.learn(kind, [entity]);
          },
          mayBeDone,
          signal,
        });
      },
      take: (learnt, write) => this.#take(learnt, write),
      onChange: () => {
        shelf.lay(this.#queue.writes);
        this.#tell();
      },
      onSignedOut,
      tell: (told) => this.#channel?.postMessage(told),
      onTrouble,
    });
    this.#doing = new Doing(shelf, this.#queue);
  }

  /**
   * What is kept is shown, what was never loaded is loaded, what waits is sent; until the function that comes back is
   * called. It can be opened again, and has forgotten nothing meanwhile.
   */
  open(ears: Ears): () => void {
    const over = new AbortController();
    this.#ears = ears;
    this.#over = over;
    if ("BroadcastChannel" in globalThis) {
      this.#channel = new BroadcastChannel(`taskora-${this.#user}`);
      this.#channel.addEventListener("message", (event: MessageEvent<Told>) => {
        this.#hear(event.data);
      });
      this.#queue.greet();
    }
    void this.#begin(over.signal).catch(reportError);
    return () => {
      this.#holding.close();
      this.#queue.letGo();
      over.abort();
      this.#channel?.close();
      this.#channel = null;
      this.#keeper = null;
    };
  }

  async #begin(signal: AbortSignal): Promise<void> {
    let wasLoaded = false;
    try {
      const keeper = await Keeper.open(this.#user, () => {
        this.#keeper = null;
        this.#holding.letGo();
        this.#queue.letGo();
      });
      if (signal.aborted) {
        keeper.close();
        return;
      }
      signal.addEventListener("abort", () => {
        keeper.close();
      });
      const kept = await keeper.read();
      this.#keeper = keeper;
      wasLoaded = kept.since !== null;
      this.#holding.shelf.together(() => {
        this.#holding.keepIn(keeper, kept, signal);
        this.#queue.keepIn(keeper, kept.writes, kept.refused);
      });
      this.#doing.goOnAfter(kept.writes);
    } catch (error) {
      if (isOver(signal)) return;
      this.#onTrouble(error);
      this.#holding.keepIn(null, null, signal);
      this.#queue.keepIn(null, [], []);
    }
    void this.#queue.run(this.#user, signal).catch(reportError);
    await this.#holding.begin(wasLoaded);
  }

  get acts(): Acts {
    return this.#doing.acts;
  }

  actsOf = <Some,>(sort: Sort<Some>): Some => this.#doing.of(sort);

  onWrite = (listener: (write: Write) => void): (() => void) => this.#doing.onWrite(listener);
  takeBack = (write: Write): void => { this.#doing.takeBack(write); };
  isUndone = (activity: string): boolean => this.#queue.grants.isUndone(activity);
  lastUndoable = (): Write | null => this.#doing.lastUndoable();
  retry = (refused: Refused): void => { this.#doing.retry(refused); };
  discard = (refused: Refused): void => { this.#doing.discard(refused); };
  keepMine = (refused: Refused): void => { this.#doing.keepMine(refused); };

  get loading(): Loading {
    return this.#holding.loading;
  }

  /** Load everything for the first time. */
  load = (): Promise<void> => this.#holding.load();
  /** Load everything anew. */
  reload = (): Promise<void> => this.#holding.reload();
  known = (): Known => this.#holding.shelf.known;
  subscribe = (listener: () => void): (() => void) => this.#holding.shelf.subscribe(listener);
  since = (): number | null => this.#holding.since();
  onChange = (listener: (change: Change) => void): (() => void) => this.#holding.onChange(listener);
  onReload = (listener: () => void): (() => void) => this.#holding.onReload(listener);

  /** A change that the stream told. */
  take(change: Change): void {
    this.#holding.take(change);
  }

  /** Something that was read elsewhere. */
  learn(kind: Kind, entities: readonly Entity[]): void {
    this.#holding.learn(entities.map((entity) => ({ kind, id: entity.id, entity }) as Learnt));
  }

  /** Of what waits, and of loading. */
  watch = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  get queue(): Pick<Queue, "writes" | "refused" | "state"> {
    return this.#queue;
  }

  isUnsent(id: string): boolean {
    return isHeldUp(this.#queue.state) && this.#holding.shelf.isTouched(id);
  }

  wake(): void {
    this.#queue.wake();
    this.#holding.wake();
  }

  /** Forget what this browser keeps of its person, who has logged out. */
  async forget(): Promise<void> {
    this.#keeper?.close();
    this.#keeper = null;
    await Keeper.forget(this.#user);
  }

  /** What the answer doesn't say of the things that the write shows is asked for, so that nothing jumps back. */
  async #take(learnt: readonly Learnt[], write: Write): Promise<readonly Learnt[]> {
    this.#holding.learn(learnt);
    const told = new Set(learnt.map(({ id }) => id));
    const untold = write.shows.filter(({ id }) => !told.has(id));
    if (untold.length === 0) return learnt;
    try {
      await this.#holding.catchUp();
    } catch {
      // It is done, whatever became of this question; the stream tells the rest.
    }
    return [...learnt, ...this.#holding.outcomeOf(untold)];
  }

  #hear(told: Told): void {
    if (told.said === "queued") this.#doing.goOnAfter([told.write]);
    this.#holding.shelf.together(() => {
      if (told.said === "settled") this.#holding.learn(told.learnt);
      this.#queue.hear(told);
    });
  }

  #onTrouble(error: unknown): void {
    if (this.#over.signal.aborted) return;
    this.isKept = false;
    console.error("Taskora keeps nothing in this browser:", error);
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
