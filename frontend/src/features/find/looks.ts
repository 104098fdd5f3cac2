import type { Mark } from "../../ui/MarkedField";
import type { Fault } from "./check";
import { partsOf, type PartKind } from "./language";

/** Each kind has a shape of its own besides its colour. */
const looks: Record<PartKind, string> = {
  sign: "bg-wash",
  list: "bg-tint outline-1 outline-accent",
  tag: "bg-tint outline-1 outline-accent outline-dashed",
  field: "bg-transparent underline decoration-accent decoration-dotted decoration-2 underline-offset-4",
  word: "bg-transparent underline decoration-accent decoration-2 underline-offset-4",
};

/** A wave under what cannot be read, and an arrow at its column. */
const WRONG =
  "relative inline-block min-w-2 bg-transparent underline decoration-warn decoration-wavy underline-offset-4 after:absolute after:top-full after:left-0 after:text-xs after:leading-none after:text-warn after:content-['▲']";

export function marksOf(text: string, fault: Fault | null): Mark[] {
  const parts = partsOf(text).map(({ start, end, kind }) => ({ start, end, look: looks[kind] }));
  if (fault === null) return parts;
  const others = parts.filter(({ start, end }) => end <= fault.start || start >= Math.max(fault.end, fault.start + 1));
  return [...others, { start: fault.start, end: fault.end, look: WRONG }].sort((one, other) => one.start - other.start);
}
