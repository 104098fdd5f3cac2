import type { Stretch } from "../../api/codePoints";
import type { Mark } from "../../ui/MarkedField";
import type { Span } from "./reading";
import * as say from "./words";

export type SpanKind = Span["kind"];

/** Each kind has a line of its own under it, so that nobody needs to see colours to tell them apart. */
const looks: Record<SpanKind | "rejected", string> = {
  date: "bg-tint underline decoration-accent decoration-2 underline-offset-4",
  time: "bg-tint underline decoration-accent decoration-2 underline-offset-4",
  repeat: "bg-tint underline decoration-accent decoration-double decoration-2 underline-offset-4",
  reminder: "bg-tint underline decoration-accent decoration-dashed decoration-2 underline-offset-4",
  hash: "bg-tint outline-1 outline-accent",
  tag: "bg-tint outline-1 outline-accent outline-dashed",
  priority: "bg-mark underline decoration-warn decoration-dotted decoration-[3px] underline-offset-4",
  command: "bg-wash",
  rejected: "bg-transparent underline decoration-edge decoration-dotted underline-offset-4",
};

/** What a kind is, in a word. */
export const kindNames: Record<SpanKind, string> = {
  date: say.date,
  time: say.time,
  repeat: say.repeats,
  reminder: say.reminder,
  hash: say.aList,
  tag: say.aTag,
  priority: say.priority,
  command: say.leftOut,
};

/** All that is marked in a text, in order. */
export const marksOf = (spans: readonly Span[], rejected: readonly Stretch[]): Mark[] =>
  [
    ...spans.map(({ start, end, kind }) => ({ start, end, look: looks[kind] })),
    ...rejected.map(({ start, end }) => ({ start, end, look: looks.rejected })),
  ].sort((one, other) => one.start - other.start);
