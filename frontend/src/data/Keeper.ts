/** What is held, kept in this browser, so that the page opens with it and without a network. Each person has a store of their own. */
import type { Filter, List, Tag, Task } from "../api/types";
import { isFinished, type Refused, type Write } from "./shapes";
import type { Learnt } from "./Shelf";
import { answer, openStore, write } from "./store";

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

/** `since`: all changes up to this number are in the store. `stale`: 1 where some were missed that nobody tells any more. */
type Fact = "since" | "stale";

/** Raised when what is kept means something else; entities are loaded anew then, and writes stay. */
const LAYOUT = 1;

const nameOf = (user: string) => `taskora-${user}`;

export class Keeper {
  readonly #db: IDBDatabase;

  private constructor(db: IDBDatabase) {
    this.#db = db;
  }

  /** Rejects where a browser keeps nothing; the page works then, and forgets. */
  static async open(user: string, onTaken: () => void): Promise<Keeper> {
    const make = (store: IDBDatabase) => {
      for (const name of [...held, "writes"]) store.createObjectStore(name, { keyPath: "id" });
      store.createObjectStore("refused", { keyPath: "write.id" });
      store.createObjectStore("facts");
    };
    const db = await openStore(nameOf(user), LAYOUT, make, (store) => {
      store.close(); // a tab with a newer page wants to change the layout, or somebody logs out
      onTaken();
    });
    return new Keeper(db);
  }

  static async forget(user: string): Promise<void> {
    await answer(indexedDB.deleteDatabase(nameOf(user)));
  }

  async read(): Promise<Kept> {
    const tx = this.#db.transaction(all);
    const allOf = <Name extends Held | "writes" | "refused">(name: Name) => answer(tx.objectStore(name).getAll() as IDBRequest<Kept[Name]>);
    const [task, list, tag, filter, writes, refused, since, stale] = await Promise.all([
      allOf("task"),
      allOf("list"),
      allOf("tag"),
      allOf("filter"),
      allOf("writes"),
      allOf("refused"),
      factOf(tx, "since"),
      factOf(tx, "stale"),
    ]);
    return { task, list, tag, filter, writes, refused, since: since ?? null, isStale: stale === 1 };
  }

  /** Other tabs write here too, and one of them may be behind: what is kept never becomes older. */
  async keep(news: readonly Learnt[], since: number | null): Promise<void> {
    const put = async (tx: IDBTransaction) => {
      for (const { kind, id, entity } of news) {
        if (kind === "comment") continue;
        const store = tx.objectStore(kind);
        const before = entity === null ? undefined : await answer(store.get(id) as IDBRequest<typeof entity | undefined>);
        if (before !== undefined && entity !== null && before.version > entity.version) continue;
        if (entity === null || (kind === "task" && isFinished(entity))) store.delete(id);
        else store.put(entity);
      }
      if (since !== null && since > ((await factOf(tx, "since")) ?? -1)) tx.objectStore("facts").put(since, "since");
    };
    await write(this.#db, [...held, "facts"], put, "relaxed");
  }

  /** After everything was loaded anew, from a server that may know less than before. */
  async replace(entities: Pick<Kept, Held>, since: number): Promise<void> {
    const put = (tx: IDBTransaction) => {
      for (const kind of held) {
        const store = tx.objectStore(kind);
        store.clear();
        for (const entity of entities[kind]) store.put(entity);
      }
      tx.objectStore("facts").put(since, "since");
      tx.objectStore("facts").delete("stale");
    };
    await write(this.#db, [...held, "facts"], put, "relaxed");
  }

  /** What is kept stays to be seen until everything was loaded anew, which a later visit may have to do. */
  distrust(): Promise<void> {
    return write(this.#db, ["facts"], (tx) => {
      tx.objectStore("facts").put(1, "stale");
    });
  }

  queue(queued: Write): Promise<void> {
    return write(this.#db, ["writes"], (tx) => {
      tx.objectStore("writes").put(queued);
    });
  }

  /** Of these writes nothing waits any more; some may have been refused. Others have become different by it. */
  settle(ids: readonly string[], refused: Refused | null, others: readonly Write[]): Promise<void> {
    return write(this.#db, ["writes", "refused"], (tx) => {
      for (const id of ids) tx.objectStore("writes").delete(id);
      for (const other of others) tx.objectStore("writes").put(other);
      if (refused !== null) tx.objectStore("refused").put(refused);
    });
  }

  /** Somebody has decided about a refusal; these go back into the queue. */
  decide(id: string, again: readonly Write[]): Promise<void> {
    return write(this.#db, ["writes", "refused"], (tx) => {
      tx.objectStore("refused").delete(id);
      for (const one of again) tx.objectStore("writes").put(one);
    });
  }

  close(): void {
    this.#db.close();
  }
}

const factOf = (tx: IDBTransaction, name: Fact) => answer(tx.objectStore("facts").get(name) as IDBRequest<number | undefined>);
