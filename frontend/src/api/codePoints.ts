/** The server counts a text's signs as code points, and JavaScript counts UTF-16 units: 🎂 is one there, and two here. */

/** [start, end) */
export interface Stretch {
  start: number;
  end: number;
}

export const asCodePoints = (text: string, { start, end }: Stretch): [number, number] => [lengthOf(text, start), lengthOf(text, end)];

export function fromCodePoints<T extends Stretch>(text: string, stretches: readonly T[]): T[] {
  return stretches.map((each) => ({ ...each, start: unitAt(text, each.start), end: unitAt(text, each.end) }));
}

/** Where the sign begins that has so many before it. */
export function unitAt(text: string, points: number): number {
  let at = 0;
  for (let count = 0; count < points && at < text.length; count++) at += widthAt(text, at);
  return at;
}

/** How many code points there are, until a place of the text. */
export function lengthOf(text: string, until = text.length): number {
  let count = 0;
  for (let at = 0; at < until; count++) at += widthAt(text, at);
  return count;
}

const widthAt = (text: string, at: number): number => ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);
