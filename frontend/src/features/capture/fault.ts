import { lengthOf } from "../../api/codePoints";
import type { Meant } from "./place";
import { LONGEST, type Said } from "./reading";
import * as say from "./words";

/** Why the server would not add it, and what to do. */
export function faultOf({ text }: Said, meant: Pick<Meant, "title" | "tooManyLists"> | null): string | null {
  if (isTooLong(text)) return say.tooLong(LONGEST);
  if (meant === null) return null;
  if (meant.tooManyLists.length > 0) return say.tooManyLists(meant.tooManyLists.join(" and "));
  return meant.title === "" ? say.noTitle : null;
}

export const isTooLong = (text: string): boolean => lengthOf(text) > LONGEST;
