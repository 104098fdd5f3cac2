/** What the server said: loaded once, then told by the stream, and kept in this browser. */
import { askAs, type Ask } from "../api/client";
import { isUnauthorised, mayPass, waitOf } from "../api/problem";
import type { Change, User } from "../api/types";
import type { Kept, Keeper } from "./Keeper";
import { everything } from "./loading";
import { kinds, type Effect } from "./shapes";
import { Shelf, type Learnt } from "./Shelf";
import { rest } from "./waiting";

export interface Loading {
  state: "loading" | "ready" | "failed";
  loaded: number;
  error: unknown;
}

interface Ends {
  onLoading: () => void;
  onUser: (user: User) => void;
  onSignedOut: () => void;
  /** Something could not be kept. */
  onTrouble: (error: unknown) => void;
}

const held = ["task", "list", "tag", "filter"] as const;

export class Holding {
  readonly shelf = new Shelf();
  readonly #ask: Ask;
  readonly #ends: Ends;
  readonly #onChange = new Set<(change: Change) => void>();
  readonly #onReload = new Set<() => void>();
  readonly #hope = new EventTarget();
  #over: AbortSignal = AbortSignal.abort();
  #keeper: Keeper | null = null;
  #news: Learnt[] = [];
  #learntWhileLoading: Set<string> | null = null;
  #load: Promise<void> | null = null;
  #reload: Promise<void> | null = null;
  #since: number | null = null;
  loading: Loading = { state: "loading", loaded: 0, error: null };

  constructor(user: string, ends: Ends) {
    this.#ask = askAs(user);
    this.#ends = ends;
  }

  /** Until `over`, what is held is kept there; and what is kept there is held. */
  keepIn(keeper: Keeper | null, kept: Kept | null, over: AbortSignal): void {
    this.#keeper = keeper;
    this.#over = over;
    if (kept === null) return;
    for (const kind of held) for (const entity of kept[kind]) this.shelf.learn(kind, entity);
    if (!kept.isStale) this.#since ??= kept.since;
  }

  /** Nothing can be kept until there is a store again. */
  letGo(): void {
    this.#keeper = null;
  }

  close(): void {
    this.#flush();
    this.letGo();
  }

  /** All changes up to this one are held; null before anything is, and when nobody knows what was missed. */
  since = (): number | null => this.#since;

  /** Load what was never loaded, and anew what nobody can tell the changes of. */
  async begin(wasLoaded: boolean): Promise<void> {
    if (this.#since === null && !wasLoaded) return this.load();
    this.#be({ state: "ready", loaded: 0, error: null });
    if (this.#since === null) await this.reload();
  }

  /** Load everything. Who asks for it while it is under way gets the same. */
  load(): Promise<void> {
    this.#load ??= this.#loadAll().finally(() => {
      this.#load = null;
    });
    return this.#load;
  }

  /** What was missed is not told any more: load everything anew, however often that has to be tried. */
  reload(): Promise<void> {
    this.#since = null; // what is told until then has a hole before it
    this.#keep((keeper) => keeper.distrust());
    this.#reload ??= this.#loadUntilDone(this.#over).finally(() => {
      this.#reload = null;
    });
    return this.#reload;
  }

  wake(): void {
    this.#hope.dispatchEvent(new Event("hope"));
  }

  /** Each change that the stream tells, once it is held. */
  onChange(listener: (change: Change) => void): () => void {
    this.#onChange.add(listener);
    return () => this.#onChange.delete(listener);
  }

  /** Changes were missed, and everything was loaded anew. */
  onReload(listener: () => void): () => void {
    this.#onReload.add(listener);
    return () => this.#onReload.delete(listener);
  }

  /** Something that was read elsewhere. What it says is of no age that is older than what is held. */
  learn(learnt: readonly Learnt[]): void {
    this.shelf.together(() => {
      for (const one of learnt) this.#learn(one);
    });
    this.#flushSoon();
  }

  /** What these have come to, as far as it is held. */
  outcomeOf(effects: readonly Effect[]): Learnt[] {
    return effects.flatMap(({ kind, id, do: what }) => {
      const entity = this.shelf.base(kind, id);
      return entity === undefined && what !== "drop" ? [] : [{ kind, id, entity: entity ?? null } as Learnt];
    });
  }

  /** A change that the stream told. */
  take(change: Change): void {
    if (this.#since !== null && change.sequence <= this.#since) return;
    const isDeletion = change.type.endsWith(".deleted");
    this.shelf.together(() => {
      for (const kind of kinds) {
        const entity = change[kind];
        if (entity === undefined) continue;
        if (isDeletion) this.#learn({ kind, id: entity.id, entity: null }, entity.version);
        else this.#learn({ kind, id: entity.id, entity } as Learnt);
      }
    });
    if (change.user !== undefined) this.#ends.onUser(change.user);
    if (this.#since !== null) this.#since = change.sequence;
    this.#flushSoon();
    for (const listener of this.#onChange) listener(change);
  }

  /** Ask for what the stream has not told yet. */
  async catchUp(): Promise<void> {
    if (!(await this.#hearAll())) void this.reload();
  }

  /** False: what was missed is not told any more. */
  async #hearAll(): Promise<boolean> {
    while (this.#since !== null && !this.#over.aborted) {
      const { items, head, resync } = await this.#ask("get", "/api/changes", { query: { since: this.#since }, signal: this.#over });
      if (resync || head < this.#since) return false;
      this.shelf.together(() => {
        for (const change of items) this.take(change);
      });
      if (items.length === 0 || this.#since >= head) break;
    }
    return true;
  }

  async #loadAll(): Promise<void> {
    const over = this.#over;
    const touched = new Set<string>();
    this.#learntWhileLoading = touched;
    if (this.loading.state !== "ready") this.#be({ state: "loading", loaded: 0, error: null });
    try {
      const all = await everything(this.#ask, over, (loaded) => {
        if (this.loading.state === "loading") this.#be({ state: "loading", loaded, error: null });
      });
      this.shelf.together(() => {
        this.shelf.startOver(held, touched);
        for (const kind of held) for (const entity of all[kind]) if (!touched.has(entity.id)) this.shelf.learn(kind, entity);
      });
      this.#since = all.head;
      this.#keep((keeper) => keeper.replace(all, all.head));
      this.#be({ state: "ready", loaded: all.task.length, error: null });
    } catch (error) {
      if (over.aborted) return;
      if (this.loading.state === "ready") throw error;
      this.#be({ state: "failed", loaded: 0, error });
    } finally {
      this.#learntWhileLoading = null;
      this.#flush();
    }
  }

  async #loadUntilDone(over: AbortSignal): Promise<void> {
    const isOver = () => over.aborted;
    for (let failures = 1; !isOver(); failures += 1) {
      try {
        do await this.load();
        while (!(await this.#hearAll()) || (this.#since === null && !isOver()));
        if (!isOver()) for (const listener of this.#onReload) listener();
        return;
      } catch (error) {
        if (isOver()) return;
        if (isUnauthorised(error)) {
          this.#ends.onSignedOut();
          return;
        }
        if (!mayPass(error)) reportError(error);
        await rest(waitOf(error), failures, this.#hope, over);
      }
    }
  }

  #learn(one: Learnt, version = this.shelf.base(one.kind, one.id)?.version ?? 0): void {
    this.#learntWhileLoading?.add(one.id);
    const isNews = one.entity === null ? this.shelf.forget(one.kind, one.id, version) : this.shelf.learn(one.kind, one.entity);
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
    if (this.#keeper !== null) act(this.#keeper).catch(this.#ends.onTrouble);
  }

  #be(loading: Loading): void {
    this.loading = loading;
    this.#ends.onLoading();
  }
}
