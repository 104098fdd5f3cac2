/** Parts that are done of acts that are not: very many tasks are several writes, and yet taken back as one. */
import { inOrder } from "./followers";
import type { Refused, Write } from "./shapes";
import type { Granted } from "./telling";

export class Parts {
  held: readonly Write[] = [];

  add(write: Write, { activity }: Granted): void {
    if (write.whole !== undefined && write.hides !== null) this.held = inOrder([...this.held, { ...write, done: { activity } }]);
  }

  /** Of whose acts nothing waits any more, nor was refused. */
  letGo(writes: readonly Write[], refused: readonly Refused[]): readonly string[] {
    const open = new Set([...writes, ...refused.flatMap(({ write, followers }) => [write, ...followers])].map(({ whole }) => whole?.id));
    const over = this.held.filter(({ whole }) => !open.has(whole?.id));
    this.held = this.held.filter((part) => !over.includes(part));
    return over.map(({ id }) => id);
  }
}
