import { lengthOf } from "../../api/codePoints";
import type { Meant } from "./place";
import { LONGEST, type Said } from "./reading";

/** Why the server would not add it, and what to do. */
export function faultOf({ text }: Said, meant: Pick<Meant, "title" | "tooManyLists"> | null): string | null {
  if (isTooLong(text)) return `This is longer than ${LONGEST} signs. Shorten it here, and put the rest into the notes of the task.`;
  if (meant === null) return null;
  if (meant.tooManyLists.length > 0) return `A task is in one list, and this names ${meant.tooManyLists.join(" and ")}. Take one of them out, or keep it as text.`;
  return meant.title === "" ? "There is no title in this yet: say what there is to do." : null;
}

export const isTooLong = (text: string): boolean => lengthOf(text) > LONGEST;
