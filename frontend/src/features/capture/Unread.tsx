import { sentence, Unreachable } from "../../api/problem";
import * as say from "./words";

/** Why a text is not understood at the moment; it can be added all the same. */
export function Unread({ trouble }: { trouble: unknown }) {
  if (trouble === null) return null;
  return (
    <p role="status" className="px-1 text-sm text-quiet">
      {trouble instanceof Unreachable
        ? say.offline
        : say.cannotBeRead(sentence(trouble))}
    </p>
  );
}
