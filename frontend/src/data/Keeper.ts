/** What is held, kept in this browser, so that the page opens with it and without a network. Each person has a store of their own. */
import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from "idb";
import type { Filter, List, Tag, Task } from "../api/types";
import { isFinished, type Refused, type Write } from "./shapes";
import type { Learnt } from "./Shelf";

interface Store extends DBSchema {
  task: { key: string; value: Task };
  list: { key: string; value: List };
  tag: { key: string; value: Tag };
  filter: { key: string; value: Filter };
  writes: { key: string; value: Write };
  refused: { key: string; value: Refused };
  /** `since`: all changes up to this number are in the store. `stale`: 1 where some were missed that nobody tells any more. */
  facts: { key: string; value: number };
}

export interface Kept {
  task: Task[];
  list: List[];
  tag: Tag[];
  filter: Filter[];
  writes: Write[];
  refused: Refused[];
  since: number | null;
  /** Everything has to be loaded anew. */
  isStale: boolean;
}

type Held = "task" | "list" | "tag" | "filter";
const held: readonly Held[] = ["task", "list", "tag", "filter"];
const all = [...held, "writes", "refused", "facts"] as const;

/** Raised when what is kept means something else; entities are loaded anew then, and writes stay. */
const LAYOUT = 1;

const nameOf = (user: string) => `taskora-${user}`;

export class Keeper {
  readonly #db: IDBPDatabase<Store>;

  private constructor(db: IDBPDatabase<Store>) {
    this.#db = db;
  }

  /** Rejects where a browser keeps nothing; the page works then, and forgets. */
  static async open(user: string, onTaken: () => void): Promise<Keeper> {
    const db = await openDB<Store>(nameOf(user), LAYOUT, {
      upgrade(store) {
        for (const name of held) store.createObjectStore(name, { keyPath: "id" });
        store.createObjectStore("writes", { keyPath: "id" });
        store.createObjectStore("refused", { keyPath: "write.id" });
        store.createObjectStore("facts");
      },
      blocking: () => {
        db.close(); // a tab with a newer page wants to change the layout, or somebody logs out
        onTaken();
      },
    });
    return new Keeper(db);
  }

  static forget(user: string): Promise<void> {
    return deleteDB(nameOf(user));
  }

  async read(): Promise<Kept> {
    const tx = this.#db.transaction(all);
    const [task, list, tag, filter, writes, refused, since, stale] = await Promise.all([
      tx.objectStore("task").getAll(),
      tx.objectStore("list").getAll(),
      tx.objectStore("tag").getAll(),
      tx.objectStore("filter").getAll(),
      tx.objectStore("writes").getAll(),
      tx.objectStore("refused").getAll(),
      tx.objectStore("facts").get("since"),
      tx.objectStore("facts").get("stale"),
    ]);
    return { task, list, tag, filter, writes, refused, since: since ?? null, isStale: stale === 1 };
  }

  /** Other tabs write here too, and one of them may be behind: what is kept never becomes older. */
  async keep(news: readonly Learnt[], since: number | null): Promise<void> {
    const tx = this.#db.transaction([...held, "facts"], "readwrite", { durability: "relaxed" });
    for (const { kind, id, entity } of news) {
      if (kind === "comment") continue;
      const store = tx.objectStore(kind);
      const before = entity === null ? undefined : await store.get(id);
      if (before !== undefined && entity !== null && before.version > entity.version) continue;
      if (entity === null || (kind === "task" && isFinished(entity))) void store.delete(id);
      else void store.put(entity);
    }
    const facts = tx.objectStore("facts");
    if (since !== null && since > ((await facts.get("since")) ?? -1)) void facts.put(since, "since");
    await tx.done;
  }

  /** After everything was loaded anew, from a server that may know less than before. */
  async replace(entities: Pick<Kept, Held>, since: number): Promise<void> {
    const tx = this.#db.transaction([...held, "facts"], "readwrite", { durability: "relaxed" });
    for (const kind of held) {
      const store = tx.objectStore(kind);
      void store.clear();
      for (const entity of entities[kind]) void store.put(entity);
    }
    void tx.objectStore("facts").put(since, "since");
    void tx.objectStore("facts").delete("stale");
    await tx.done;
  }

  /** What is kept stays to be seen until everything was loaded anew, which a later visit may have to do. */
  async distrust(): Promise<void> {
    await this.#db.put("facts", 1, "stale");
  }

  async queue(write: Write): Promise<void> {
    await this.#db.put("writes", write);
  }

  /** Of these writes nothing waits any more; some may have been refused. Others have become different by it. */
  async settle(ids: readonly string[], refused: Refused | null, others: readonly Write[]): Promise<void> {
    const tx = this.#db.transaction(["writes", "refused"], "readwrite");
    for (const id of ids) void tx.objectStore("writes").delete(id);
    for (const write of others) void tx.objectStore("writes").put(write);
    if (refused !== null) void tx.objectStore("refused").put(refused);
    await tx.done;
  }

  /** Somebody has decided about a refusal; these go back into the queue. */
  async decide(id: string, again: readonly Write[]): Promise<void> {
    const tx = this.#db.transaction(["writes", "refused"], "readwrite");
    void tx.objectStore("refused").delete(id);
    for (const write of again) void tx.objectStore("writes").put(write);
    await tx.done;
  }

  close(): void {
    this.#db.close();
  }
}
