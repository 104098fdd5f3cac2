import type { TaskLine } from "./lines";

/** The row that Tab leads to. Each row asks for itself whether it is the one, so that none of the others is drawn again for it. */
export class ReachedRow {
  /** Its key; while that is gone, the key of what stands in its place. */
  key: string | null = null;
  /** Where somebody was last. */
  #at: { key: string; place: number } | null = null;
  #lines: readonly TaskLine[] = [];
  readonly #listeners = new Set<() => void>();

  /** Somebody has been in the list. */
  get wasThere(): boolean {
    return this.#at !== null;
  }

  readonly subscribe = (onChange: () => void): (() => void) => {
    this.#listeners.add(onChange);
    return () => {
      this.#listeners.delete(onChange);
    };
  };

  note(key: string): void {
    this.#at = { key, place: 0 };
    this.#be(key);
  }

  /** The rows are these now. Says whether the one that somebody was at has just gone. */
  arrange(lines: readonly TaskLine[]): boolean {
    const before = this.#lines;
    if (before === lines) return false;
    this.#lines = lines;
    const at = this.#at;
    if (at === null || lines.some(({ key }) => key === at.key)) {
      this.#be(at?.key ?? lines[0]?.key ?? null);
      return false;
    }
    const place = before.findIndex(({ key }) => key === at.key);
    if (place >= 0) at.place = place;
    this.#be(lines[Math.min(at.place, lines.length - 1)]?.key ?? null);
    return place >= 0;
  }

  #be(key: string | null): void {
    if (key === this.key) return;
    this.key = key;
    for (const listener of this.#listeners) listener();
  }
}
