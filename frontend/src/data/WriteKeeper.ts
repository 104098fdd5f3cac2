/** The queue as this browser keeps it. What comes while nothing can be kept is kept as soon as that is possible. */
import type { Keeper } from "./Keeper";
import type { Refused, Write } from "./shapes";

export class WriteKeeper {
  readonly #onTrouble: (error: unknown) => void;
  #keeper: Keeper | null = null;
  #unkept: Write[] = [];

  constructor(onTrouble: (error: unknown) => void) {
    this.#onTrouble = onTrouble;
  }

  /** Comes back with what was not kept until now. */
  keepIn(keeper: Keeper | null): readonly Write[] {
    const unkept = this.#unkept;
    this.#keeper = keeper;
    if (keeper !== null) this.#unkept = [];
    if (keeper !== null) for (const write of unkept) this.add(write);
    return unkept;
  }

  /** Nothing can be kept until there is a store again. */
  letGo(): void {
    this.#keeper = null;
  }

  add(write: Write): void {
    if (this.#keeper === null) {
      this.#unkept.push(write);
      return;
    }
    this.#keeper.queue(write).catch((error: unknown) => {
      this.#unkept.push(write);
      this.#onTrouble(error);
    });
  }

  /** These have left the queue; others have become different by it. */
  settle(ids: readonly string[], refused: Refused | null, others: readonly Write[]): void {
    if (ids.length > 0) this.#keep((keeper) => keeper.settle(ids, refused, others));
  }

  /** They need not be kept any more. */
  forget(ids: readonly string[]): void {
    this.#unkept = this.#unkept.filter(({ id }) => !ids.includes(id));
  }

  decide(id: string, again: readonly Write[]): void {
    if (this.#keeper === null) this.#unkept.push(...again);
    this.#keep((keeper) => keeper.decide(id, again));
  }

  #keep(act: (keeper: Keeper) => Promise<void>): void {
    if (this.#keeper !== null) act(this.#keeper).catch(this.#onTrouble);
  }
}
