import type { Stretch } from "../../api/codePoints";

/**
 * Where stretches of a text are in what it has become. What was typed over is gone, and so is what a letter was typed
 * next to: `may` is no month any more in `maybe`.
 */
export function moved<T extends Stretch>(stretches: readonly T[], before: string, after: string): readonly T[] {
  if (before === after || stretches.length === 0) return stretches;
  const most = Math.min(before.length, after.length);
  let same = 0;
  while (same < most && before[same] === after[same]) same++;
  let behind = 0;
  while (behind < most - same && before.at(-1 - behind) === after.at(-1 - behind)) behind++;
  const [first, last] = [same, before.length - behind];
  const by = after.length - before.length;
  const joins = (at: number) => isOfWord(after[at - 1]) && isOfWord(after[at]);
  return stretches.flatMap((each) => {
    const place = each.end <= first ? each : each.start >= last ? { ...each, start: each.start + by, end: each.end + by } : null;
    return place === null || joins(place.start) || joins(place.end) ? [] : [place];
  });
}

const isOfWord = (sign: string | undefined): boolean => sign !== undefined && /[\p{L}\p{N}_]/u.test(sign);

export const overlap = (one: Stretch, other: Stretch): boolean => one.start < other.end && other.start < one.end;
