/**
 * The filter language, read as far as what is held can answer it: for when the server, whose language it is, cannot be
 * asked. A filter with anything else in it (searches, other dates, quoted names) is not read at all.
 */
import type { Known } from "../../data/shapes";
import { meantBy, type Asker, type Match, type Said } from "./heldTerms";

class Unread extends Error {}

/** What it finds among what is held; null where only the server can tell. */
export function heldFilter(text: string, known: Known, asker: Asker): Match | null {
  try {
    return new Reading(text, known, asker).whole();
  } catch (error) {
    if (error instanceof Unread) return null;
    throw error;
  }
}

class Reading {
  readonly #parts: readonly string[];
  readonly #around: { known: Known; asker: Asker };
  #at = 0;

  constructor(text: string, known: Known, asker: Asker) {
    // A "!" behind a letter is one: "#Party!".
    this.#parts = text.match(/[&|(),!]|[^&|(),!\s][^&|(),]*/gu)?.map((part) => part.trim().replace(/\s+/gu, " ")) ?? [];
    this.#around = { known, asker };
  }

  /** Several filters, with commas between them, find what any of them does. */
  whole(): Match {
    const matches = [this.#one()];
    while (this.#takes(",")) matches.push(this.#one());
    if (this.#at < this.#parts.length) throw new Unread();
    return (task) => matches.some((match) => match(task));
  }

  /** About open tasks where it says nothing of their status, and not about archived lists but for those that it names. */
  #one(): Match {
    const { match, ofStatus, lists = [] } = this.#any();
    const { known } = this.#around;
    return (task) =>
      match(task) &&
      (ofStatus === true || task.status === "todo" || task.status === "in_progress") &&
      (known.list.get(task.list)?.archived !== true || lists.some((isNamed) => isNamed(task)));
  }

  #any(): Said {
    const parts = [this.#all()];
    while (this.#takes("|")) parts.push(this.#all());
    return joined(parts, (task) => parts.some(({ match }) => match(task)));
  }

  #all(): Said {
    const parts = [this.#single()];
    while (this.#takes("&")) parts.push(this.#single());
    return joined(parts, (task) => parts.every(({ match }) => match(task)));
  }

  #single(): Said {
    if (this.#takes("!")) {
      const said = this.#single();
      return { ...said, match: (task) => !said.match(task) };
    }
    if (this.#takes("(")) {
      const said = this.#any();
      if (!this.#takes(")")) throw new Unread();
      return said;
    }
    const said = meantBy(this.#parts[this.#at] ?? "", this.#around);
    if (said === undefined) throw new Unread();
    this.#at += 1;
    return said;
  }

  #takes(sign: string): boolean {
    if (this.#parts[this.#at] !== sign) return false;
    this.#at += 1;
    return true;
  }
}

const joined = (parts: readonly Said[], match: Match): Said => ({
  match,
  ofStatus: parts.some(({ ofStatus }) => ofStatus === true),
  lists: parts.flatMap(({ lists = [] }) => lists),
});
