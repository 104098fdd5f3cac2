/** What the server did, as far as this page has heard: by which each write is undone, and what is. */
import type { Write } from "./shapes";
import type { Granted } from "./telling";

export class Grants {
  readonly #activities = new Map<string, string | null>();
  /** Of each activity that was taken back, the one that did so. */
  readonly #undoings = new Map<string, string | null>();

  add({ id, activity }: Granted, write: Write | undefined): void {
    this.#activities.set(id, activity);
    if (write !== undefined && "undoes" in write.request && write.request.activity !== null) this.#undoings.set(write.request.activity, activity);
  }

  /** The server did it, or had done it when it was asked again. */
  has(id: string): boolean {
    return this.#activities.has(id);
  }

  of(id: string): Granted | null {
    const activity = this.#activities.get(id);
    return activity === undefined ? null : { id, activity };
  }

  /** The server did something for it. */
  isUndoable(id: string): boolean {
    return (this.#activities.get(id) ?? null) !== null;
  }

  /** Taken back, and that was not taken back in turn. */
  isUndone(activity: string): boolean {
    const undoing = this.#undoings.get(activity);
    return undoing !== undefined && (undoing === null || !this.isUndone(undoing));
  }

  /** What an undo takes back is known once that is done. */
  knowing = (write: Write): Write => {
    if (!("undoes" in write.request) || write.request.activity !== null) return write;
    const activity = this.#activities.get(write.request.undoes) ?? null;
    return activity === null ? write : { ...write, request: { ...write.request, activity } };
  };
}
