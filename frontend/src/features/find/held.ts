import type { Task } from "../../api/types";
import { folded } from "../../ui/folded";

export interface TextPart {
  text: string;
  hit: boolean;
}

/** Tasks whose titles have all the words, each at the beginning of a word: what can be found without the server. */
export function heldWith<T extends Pick<Task, "title">>(tasks: Iterable<T>, query: string, most: number): T[] {
  const words = wordsOf(query);
  if (words.length === 0) return [];
  const found: T[] = [];
  for (const task of tasks) {
    const own = wordsOf(task.title);
    if (words.every((word) => own.some((each) => each.startsWith(word))) && found.push(task) === most) break;
  }
  return found;
}

const wordsOf = (text: string): string[] => folded(text).match(/[\p{L}\p{N}]+/gu) ?? [];

/** A text in parts, with the beginnings of words that were sought. */
export function lit(text: string, query: string): TextPart[] {
  const words = wordsOf(query);
  return text.split(/(?<=[^\p{L}\p{N}\p{M}])(?=[\p{L}\p{N}])/u).flatMap((piece) => {
    const word = words.filter((each) => folded(piece).startsWith(each)).reduce((longest, each) => (each.length > longest.length ? each : longest), "");
    if (word === "") return [{ text: piece, hit: false }];
    let end = 0;
    while (folded(piece.slice(0, end)).length < word.length) end++;
    return [{ text: piece.slice(0, end), hit: true }, { text: piece.slice(end), hit: false }].filter((part) => part.text !== "");
  });
}
