import { useState } from "react";
import type { Task } from "../../api/types";
import { Button } from "../../ui/Button";
import { Failed } from "../../ui/Failed";
import { Problem, sentence } from "../../api/problem";
import { useTasks } from "./queries";
import { viewNames, type View } from "./views";
import { TaskRow } from "./TaskRow";

const emptiness: Record<View, string> = {
  open: "Nothing to do. What comes to mind goes into the box above.",
  finished: "Nothing finished yet.",
};

export function TaskList({ view }: { view: View }) {
  const [edited, setEdited] = useState<readonly Task[]>([]);
  const { list, rows } = useTasks(view, edited);
  const onEditing = (task: Task, editing: boolean) => {
    setEdited((before) => [...before.filter(({ id }) => id !== task.id), ...(editing ? [task] : [])]);
  };

  if (list.data === undefined) {
    if (list.isError) {
      return (
        <Failed
          what="Your tasks could not be loaded."
          why={sentence(list.error)}
          requestId={list.error instanceof Problem ? list.error.requestId : null}
          onRetry={() => void list.refetch()}
        />
      );
    }
    return <Loading />;
  }
  return (
    <>
      {rows.length === 0 ? (
        <p className="border-t border-line py-8 text-quiet">{emptiness[view]}</p>
      ) : (
        <ul aria-label={viewNames[view]} className="divide-y divide-line border-y border-line">
          {rows.map((row) => (
            <TaskRow key={row.task.id} {...row} onEditing={onEditing} />
          ))}
        </ul>
      )}
      {list.hasNextPage ? (
        <Button
          className="mt-4"
          busy={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {list.isFetchingNextPage ? "Loading…" : "Show more"}
        </Button>
      ) : null}
      {list.isFetchNextPageError ? <p role="alert" className="mt-2 text-warn">There is more, but it could not be loaded. {sentence(list.error)}</p> : null}
    </>
  );
}

function Loading() {
  return (
    <div className="border-t border-line">
      <p role="status" className="sr-only">
        Loading your tasks…
      </p>
      <div aria-hidden="true" className="divide-y divide-line">
        {["w-2/3", "w-1/2", "w-3/5"].map((width) => (
          <div key={width} className="flex items-center gap-3 py-4">
            <div className="size-6 rounded-full bg-line" />
            <div className={`h-4 rounded bg-line ${width}`} />
          </div>
        ))}
      </div>
    </div>
  );
}
