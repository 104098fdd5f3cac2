import type { Task } from "../../api/types";
import { useGo } from "../../address/useAddress";
import { sameItems, useKnown } from "../../data/DataContext";
import { pathOf } from "./family";
import * as say from "./words";

/** The tasks that this one is part of; each opens in this panel. */
export function Path({ task }: { task: Task }) {
  const { open } = useGo();
  const path = useKnown((known) => pathOf(task, known.task), sameItems);
  if (path.length === 0) return null;
  return (
    <nav aria-label={say.partOf}>
      <ol className="flex flex-wrap gap-x-1 text-sm text-quiet">
        {path.map(({ id, title }) => (
          <li key={id} className="flex min-w-0 items-center gap-1">
            <button type="button" className="link min-h-6 max-w-48 truncate pointer-coarse:min-h-11" onClick={() => { open(id); }}>
              {title}
            </button>
            <span aria-hidden="true">›</span>
          </li>
        ))}
      </ol>
    </nav>
  );
}
