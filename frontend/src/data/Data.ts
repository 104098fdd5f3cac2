/** All that a person's page holds and what they do with it: one for each person who is logged in here. */
import { ask } from "../api/client";
import { newId } from "../api/newId";
import type { Change, User } from "../api/types";
import { actsOn, type Acts } from "./acts";
import { inverse, type Deed } from "./deeds";
import { Keeper } from "./Keeper";
import { everything } from "./loading";
import { Queue, type Told } from "./Queue";
import { learnAs, send } from "./sending";
import { kinds, type Entity, type Kind, type Known, type Refused, type Write } from "./shapes";
import { Shelf, type Learnt } from "./Shelf";

export interface Loading {
  state: "loading" | "ready" | "failed";
  loaded: number;
  error: unknown;
}

interface Ears {
  onSignedOut: () => void;
  onUser: (user: User) => void;
}

const held = ["task", "list", "tag", "filter"] as const;

/** Asked again each time, since it may have become so while something was awaited. */
const isOver = (signal: AbortSignal): boolean => signal.aborted;

export class Data {
  readonly acts: Acts;
  readonly #shelf = new Shelf();
  readonly #queue: Queue;
  readonly #user: string;
  #ears: Ears | null = null;
  #over = new AbortController();
  #channel: BroadcastChannel | null = null;
  readonly #listeners = new Set<() => void>();
  readonly #onWrite = new Set<(write: Write) => void>();
  readonly #onChange = new Set<(change: Change) => void>();
  readonly #made: Write[] = [];
  #keeper: Keeper | null = null;
  #news: Learnt[] = [];
  #learntWhileLoading: Set<string> | null = null;
  #since: number | null = null;
  #at = 0;
  /** False where this browser keeps nothing: what was not sent is lost with the page. */
  isKept = true;
  loading: Loading = { state: "loading", loaded: 0, error: null };

  constructor(user: string) {
    this.#user = user;
    this.#queue = new Queue({
      send: (write, signal) =>
        send(write, {
          shelf: this.#shelf,
          user,
          learn: (kind, entity) => {
            this.learn(kind, [entity]);
            this.#flushSoon();
          },
          signal,
        }),
      take: (learnt, write) => this.#take(learnt, write),
      onChange: () => {
        this.#shelf.lay(this.#queue.writes);
        this.#tell();
      },
      onSignedOut: () => this.#ears?.onSignedOut(),
      tell: (told) => this.#channel?.postMessage(told),
      onTrouble: (error) => {
        this.#onTrouble(error);
      },
    });
    this.acts = actsOn(this.#shelf.known, (deed) => this.#do(deed));
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
    }
    void this.#begin(over.signal).catch(reportError);
    return () => {
      this.#flush();
      over.abort();
      this.#channel?.close();
      this.#channel = null;
      this.#keeper = null;
      this.#queue.letGo();
    };
  }

  async #begin(signal: AbortSignal): Promise<void> {
    try {
      const keeper = await Keeper.open(this.#user, () => {
        this.#keeper = null;
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
      this.#shelf.together(() => {
        for (const kind of held) for (const entity of kept[kind]) learnAs(this.#shelf, kind, entity);
        this.#queue.keepIn(keeper, kept.writes, kept.refused);
      });
      this.#at = Math.max(this.#at, ...kept.writes.map(({ at }) => at)); // what is done now comes after it, also where the clock was set back
      this.#since ??= kept.since;
    } catch (error) {
      if (isOver(signal)) return;
      this.#onTrouble(error);
      this.#queue.keepIn(null, [], []);
    }
    void this.#queue.run(this.#user, signal).catch(reportError);
    if (this.#since === null) await this.load();
    else this.#load({ state: "ready", loaded: 0, error: null });
  }

  /** Load everything, for the first time or anew. */
  async load(): Promise<void> {
    const touched = new Set<string>();
    this.#learntWhileLoading = touched;
    if (this.loading.state !== "ready") this.#load({ state: "loading", loaded: 0, error: null });
    try {
      const all = await everything(this.#user, this.#over.signal, (loaded) => {
        if (this.loading.state === "loading") this.#load({ state: "loading", loaded, error: null });
      });
      this.#shelf.together(() => {
        for (const kind of held) {
          for (const { id } of [...this.#shelf.allBase(kind)]) if (!touched.has(id)) this.#shelf.letGo(kind, id);
          for (const entity of all[kind]) if (!touched.has(entity.id)) learnAs(this.#shelf, kind, entity);
        }
      });
      this.#since = all.head;
      this.#keep((keeper) => keeper.replace(all, all.head));
      this.#load({ state: "ready", loaded: all.task.length, error: null });
    } catch (error) {
      if (this.#over.signal.aborted) return;
      if (this.loading.state === "ready") throw error;
      this.#load({ state: "failed", loaded: 0, error });
    } finally {
      this.#learntWhileLoading = null;
      this.#flush();
    }
  }

  known = (): Known => this.#shelf.known;
  subscribe = (listener: () => void): (() => void) => this.#shelf.subscribe(listener);

  /** Of what waits, and of loading. */
  watch = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  get queue(): Pick<Queue, "writes" | "refused" | "state"> {
    return this.#queue;
  }

  /** All changes up to this one are held; null before anything is. */
  since = (): number | null => this.#since;

  isUnsent(id: string): boolean {
    return (this.#queue.state === "waiting" || this.#queue.state === "stopped") && this.#shelf.isTouched(id);
  }

  onWrite(listener: (write: Write) => void): () => void {
    this.#onWrite.add(listener);
    return () => this.#onWrite.delete(listener);
  }

  /** Each change that the stream tells, once it is held. */
  onChange(listener: (change: Change) => void): () => void {
    this.#onChange.add(listener);
    return () => this.#onChange.delete(listener);
  }

  /** Something that was read elsewhere. What it says is of no age that is older than what is held. */
  learn(kind: Kind, entities: readonly Entity[]): void {
    this.#shelf.together(() => {
      for (const entity of entities) this.#learn({ kind, id: entity.id, entity } as Learnt);
    });
  }

  /** A change that the stream told. */
  take(change: Change): void {
    if (this.#since !== null && change.sequence <= this.#since) return;
    const isDeletion = change.type.endsWith(".deleted");
    this.#shelf.together(() => {
      for (const kind of kinds) {
        const entity = change[kind];
        if (entity === undefined) continue;
        if (isDeletion) this.#learn({ kind, id: entity.id, entity: null }, entity.version);
        else this.#learn({ kind, id: entity.id, entity } as Learnt);
      }
    });
    if (change.user !== undefined) this.#ears?.onUser(change.user);
    if (this.#since !== null) this.#since = change.sequence;
    this.#flushSoon();
    for (const listener of this.#onChange) listener(change);
  }

  wake(): void {
    this.#queue.wake();
  }

  /** Undo it: not sent yet, it is as if it had never been; else the server takes it back when all before it is done. */
  takeBack(write: Write): void {
    if (write.hides === null) return;
    this.#unmake(write);
    const refused = this.#queue.refused.find((one) => one.write.id === write.id);
    if (refused !== undefined) this.discard(refused);
    if (refused !== undefined || this.#queue.withdraw(write.id)) return;
    const says = `Undone: ${write.says}`;
    const request = { undoes: write.id, activity: null };
    this.#enqueue({ says, kind: null, request, shows: write.hides, hides: null, guard: null });
  }

  /** The last thing done here that can still be taken back. */
  lastUndoable(): Write | null {
    return this.#made.findLast(({ id }) => this.#queue.isUndoable(id)) ?? null;
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

  takeTheirs(refused: Refused): void {
    this.#queue.decide(refused, []);
  }

  /** Forget what this browser keeps of its person, who has logged out. */
  async forget(): Promise<void> {
    this.#keeper?.close();
    this.#keeper = null;
    await Keeper.forget(this.#user);
  }

  /** A refused key has its refusal as its answer, so that another try is another write; what follows comes after it. */
  #again({ write, followers }: Refused, guard: Write["guard"]): Write[] {
    const anew = { ...write, guard, id: newId(), at: this.#next() };
    const of = (request: Write["request"]) => ("undoes" in request && request.undoes === write.id ? { ...request, undoes: anew.id } : request);
    return [anew, ...followers.map((follower) => ({ ...follower, request: of(follower.request), at: this.#next() }))];
  }

  #do(deed: Deed): Write {
    const hides = deed.hides === undefined ? inverse(deed.shows, this.#shelf.known) : deed.hides;
    const write = this.#enqueue({ ...deed, hides });
    if (write.hides !== null) this.#made.push(write);
    for (const listener of this.#onWrite) listener(write);
    return write;
  }

  #enqueue(deed: Omit<Write, "id" | "at">): Write {
    const write = { ...deed, id: newId(), at: this.#next() };
    this.#queue.add(write);
    return write;
  }

  #unmake(write: Write): void {
    const place = this.#made.findIndex(({ id }) => id === write.id);
    if (place >= 0) this.#made.splice(place, 1);
  }

  #next(): number {
    this.#at = Math.max(this.#at + 1, Date.now() * 1000);
    return this.#at;
  }

  /** What the answer doesn't say of the things that the write shows is asked for, so that nothing jumps back. */
  async #take(learnt: readonly Learnt[], write: Write): Promise<void> {
    this.#shelf.together(() => {
      for (const one of learnt) this.#learn(one);
    });
    this.#flushSoon();
    const told = new Set(learnt.map(({ id }) => id));
    if (write.shows.every((effect) => told.has(effect.id))) return;
    try {
      await this.#catchUp();
    } catch {
      // It is done, whatever became of this question; the stream tells the rest.
    }
  }

  async #catchUp(): Promise<void> {
    while (this.#since !== null && !this.#over.signal.aborted) {
      const { items, head, resync } = await ask("get", "/api/changes", { query: { since: this.#since }, signal: this.#over.signal, as: this.#user });
      if (resync) {
        await this.load();
        return;
      }
      this.#shelf.together(() => {
        for (const change of items) this.take(change);
      });
      if (items.length === 0 || this.#since >= head) return;
    }
  }

  #hear(told: Told): void {
    this.#shelf.together(() => {
      if (told.said === "settled") for (const one of told.learnt) this.#learn(one);
      this.#queue.hear(told);
    });
  }

  #learn(one: Learnt, version = this.#shelf.base(one.kind, one.id)?.version ?? 0): void {
    this.#learntWhileLoading?.add(one.id);
    const isNews = one.entity === null ? this.#shelf.forget(one.kind, one.id, version) : learnAs(this.#shelf, one.kind, one.entity);
    if (isNews) this.#news.push(one);
  }

  #flushSoon(): void {
    queueMicrotask(() => {
      if (this.#news.length > 0) this.#flush();
    });
  }

  #flush(): void {
    if (this.#learntWhileLoading !== null) return; // what is loaded replaces all that is kept; this comes after it
    const news = this.#news;
    this.#news = [];
    this.#keep((keeper) => keeper.keep(news, this.#since));
  }

  #keep(act: (keeper: Keeper) => Promise<void>): void {
    if (this.#keeper === null) return;
    act(this.#keeper).catch((error: unknown) => {
      this.#onTrouble(error);
    });
  }

  #onTrouble(error: unknown): void {
    if (this.#over.signal.aborted) return;
    this.isKept = false;
    console.error("Taskora keeps nothing in this browser:", error);
    this.#tell();
  }

  #load(loading: Loading): void {
    this.loading = loading;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
