import { useCallback } from "react";
import type { Task } from "../../api/types";
import type { Params, ParamChange } from "../../address/params";
import { useCounted } from "../../data/DataContext";
import { isFinished, type Known } from "../../data/shapes";
import { usePart } from "../../ui/usePart";
import type { FoundIds, TasksView } from "./membership";
import * as say from "./words";

// Nobody looks at tasks in another way before they are there.
const loadOptions = () => import("./ViewOptions");

interface Props {
  view: TasksView;
  /** Which day it is, where that is what the view is about. */
  note: string | null;
  /** Null while nobody knows. */
  tasks: readonly Task[] | null;
  found: FoundIds | null;
  locale: string;
  params: Params;
  onChange: (change: ParamChange) => void;
}

/** How much is in the view, and how it is looked at. Its name stands above, in the page's own heading. */
export function ViewHead({ view, note, tasks, found, locale, params, onChange }: Props) {
  const count = useCount(tasks, found);
  const ViewOptions = usePart(loadOptions)?.ViewOptions;
  return (
    <div className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-1">
      <p className="min-w-0 flex-1 basis-40 text-quiet">
        {[note, count === null ? null : say.tasks(count, locale)].filter((said) => said !== null).join(" · ")}
      </p>
      {ViewOptions === undefined ? <div className="h-8 w-64 pointer-coarse:h-touch" /> : <ViewOptions view={view} params={params} onChange={onChange} />}
    </div>
  );
}

/** How many are open, or found although they are not. */
function useCount(tasks: readonly Task[] | null, found: FoundIds | null): number | null {
  const count = useCallback(
    (known: Known) => {
      if (tasks === null) return null;
      const isOpen = (task: Task | undefined) => task !== undefined && !isFinished(task);
      return tasks.reduce((sum, { id }) => sum + (isOpen(known.task.get(id)) || found?.ids.has(id) === true ? 1 : 0), 0);
    },
    [tasks, found],
  );
  return useCounted(count);
}
