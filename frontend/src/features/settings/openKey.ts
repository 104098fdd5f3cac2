import { newId } from "../../api/newId";
import { Problem } from "../../api/problem";

/**
 * One Idempotency-Key for as long as the same is asked and nobody has answered: who clicks again after the connection
 * broke asks for the same thing once more, and not for a second one.
 */
export class OpenKey {
  #open: { asked: string | undefined; key: string } | null = null;

  for(asked: unknown): string {
    const said = JSON.stringify(asked);
    if (this.#open === null || this.#open.asked !== said) this.#open = { asked: said, key: newId() };
    return this.#open.key;
  }

  settle(error: Error | null): void {
    if (error === null || (error instanceof Problem && error.status < 500)) this.#open = null;
  }
}
