import type { TaskLine } from "./lines";

/** The row that Tab leads to. Each row asks for itself whether it is the one, so that none of the others is drawn again for it. */
export class ReachedRow {
  /** Its key; of one that is gone, of the row that came into its place. */
  key: string | null = null;
  /** Somebody has been in the list. */
  wasThere = false;
  #lines: readonly TaskLine[] = [];
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (onChange: () => void): (() => void) => {
    this.#listeners.add(onChange);
    return () => {
      this.#listeners.delete(onChange);
    };
  };

  note(key: string): void {
    this.wasThere = true;
    this.#be(key);
  }

  /** The rows are these now. Says whether the one that somebody was at is gone. */
  arrange(lines: readonly TaskLine[]): boolean {
    const before = this.#lines;
    this.#lines = lines;
    if (before === lines || lines.some(({ key }) => key === this.key)) return false;
    const place = this.wasThere ? before.findIndex(({ key }) => key === this.key) : 0;
    this.#be(lines[Math.min(Math.max(place, 0), lines.length - 1)]?.key ?? null);
    return this.wasThere;
  }

  #be(key: string | null): void {
    if (key === this.key) return;
    this.key = key;
    for (const listener of this.#listeners) listener();
  }
}
