/** How well a name fits what was typed. Accents, case and the order of the words are forgiven. */
import { folded } from "../../ui/folded";

export interface Ranked {
  /** As it is searched: folded. */
  name: string;
}

/** 0 is no fit at all; both are folded. */
export function fit(typed: string, name: string): number {
  if (typed === "") return 1;
  if (name === typed) return 5;
  if (name.startsWith(typed)) return 4;
  const words = typed.split(/\s+/);
  const starts = ` ${name.replace(/[^\p{L}\p{N}]+/gu, " ")}`;
  if (words.every((word) => starts.includes(` ${word}`))) return 3;
  if (name.includes(typed)) return 2;
  return words.every((word) => name.includes(word)) ? 1 : 0;
}

/** The best first; of equals, those that came first. */
export function ranked<T extends Ranked>(typed: string, things: Iterable<T>, most: number): T[] {
  const wanted = folded(typed.trim());
  const found: { thing: T; fit: number }[] = [];
  for (const thing of things) {
    const how = fit(wanted, thing.name);
    if (how > 0) found.push({ thing, fit: how });
  }
  return found
    .sort((one, other) => other.fit - one.fit)
    .slice(0, most)
    .map(({ thing }) => thing);
}
