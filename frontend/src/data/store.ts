/** IndexedDB, by promises. */

/** Rejects where a browser has none to give. `make` puts into a new one what it is to have; `yieldTo` hears that another wants to change or delete it. */
export function openStore(name: string, layout: number, make: (store: IDBDatabase) => void, yieldTo: (store: IDBDatabase) => void): Promise<IDBDatabase> {
  const opening = indexedDB.open(name, layout);
  opening.onupgradeneeded = () => {
    make(opening.result);
  };
  opening.onsuccess = () => {
    const store = opening.result;
    store.onversionchange = () => {
      yieldTo(store);
    };
  };
  return answer(opening);
}

/** All of it, or none. */
export async function write(
  store: IDBDatabase,
  parts: readonly string[],
  put: (tx: IDBTransaction) => void | Promise<void>,
  durability: IDBTransactionDurability = "default",
): Promise<void> {
  const tx = store.transaction(parts, "readwrite", { durability });
  const done = new Promise<void>((resolve, reject) => {
    tx.oncomplete = () => {
      resolve();
    };
    tx.onabort = () => {
      reject(asError(tx.error));
    };
  });
  await Promise.all([put(tx), done]);
}

export function answer<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => {
      resolve(request.result);
    });
    request.addEventListener("error", () => {
      reject(asError(request.error));
    });
  });
}

/** What is broken off from outside, as when a person has this site's data removed, names no error. */
const asError = (error: DOMException | null): Error => error ?? new Error("It was broken off.");
