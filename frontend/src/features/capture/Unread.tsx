import { sentence, Unreachable } from "../../api/problem";

/** Why a text is not understood at the moment; it can be added all the same. */
export function Unread({ trouble }: { trouble: unknown }) {
  if (trouble === null) return null;
  return (
    <p role="status" className="px-1 text-sm text-quiet">
      {trouble instanceof Unreachable
        ? "You are offline. Add it as it is: dates, lists and tags are read when it is sent, and mean what they mean now."
        : `It cannot be read right now: ${sentence(trouble)} You can add it as it is.`}
    </p>
  );
}
