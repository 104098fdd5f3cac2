import { useEffect, useId, useRef, useState } from "react";
import { sentence } from "../../api/problem";
import type { Task } from "../../api/types";
import { Button } from "../../ui/Button";
import { useNotices } from "../../ui/Notices";
import { isFinished } from "./known";
import { isGone, useChange, useDelete, type Row } from "./queries";
import { entryOf, patchOf, TaskEditor, type Entry } from "./TaskEditor";
import { TaskFacts } from "./TaskFacts";

interface Editing {
  open: boolean;
  base: Task;
  entry: Entry;
  error: Error | null;
}

interface Props extends Row {
  /** While it is edited, the row stays, even when the task is deleted elsewhere. */
  onEditing: (task: Task, editing: boolean) => void;
}

export function TaskRow({ task, isNew, unheard, onEditing }: Props) {
  const titleId = useId();
  const { notify, withdraw } = useNotices();
  const [editing, keepEditing] = useState<Editing | null>(null);
  const setEditing = (next: Editing | null) => {
    keepEditing(next);
    onEditing(task, next !== null);
  };
  const [asking, setAsking] = useState(false);
  const item = useRef<HTMLLIElement>(null);
  const editButton = useRef<HTMLButtonElement>(null);
  const deleteButton = useRef<HTMLButtonElement>(null);

  const change = useChange(task.id, {
    onGranted: (wish) => {
      withdraw(task.id);
      if (wish.base !== undefined) setEditing(null);
    },
    onRefused: (error, wish) => {
      if (wish.base !== undefined) {
        keepEditing((before) => before && { ...before, open: true, error });
      } else if (isGone(error)) {
        notify({ about: task.id, text: `“${task.title}” has been deleted elsewhere.` });
      } else {
        const again = () => {
          change.mutate(wish);
        };
        const text = `“${task.title}” was not changed. ${sentence(error)}`;
        notify({ about: task.id, text, action: { label: "Try again", act: again } });
      }
    },
  });
  const remove = useDelete(task.id, {
    onRefused: (error, wish) => {
      const again = () => {
        remove.mutate(wish);
      };
      const text = `“${wish.title}” was not deleted. ${sentence(error)}`;
      notify({ about: wish.id, text, action: { label: "Try again", act: again } });
    },
  });

  const save = ({ base, entry }: Pick<Editing, "base" | "entry">) => {
    const patch = patchOf(entry, base);
    if (Object.keys(patch).length === 0) {
      setEditing(null);
    } else {
      setEditing({ open: false, base, entry, error: null });
      change.mutate({ kind: "change", id: task.id, patch, base });
    }
    returnFocus();
  };
  const returnFocus = () => {
    requestAnimationFrame(() => editButton.current?.focus());
  };

  if (editing?.open === true) {
    return (
      <li>
        <TaskEditor
          title={task.title}
          entry={editing.entry}
          error={editing.error}
          onChange={(entry) => {
            setEditing({ ...editing, entry });
          }}
          onSave={() => {
            save(editing);
          }}
          onCancel={() => {
            setEditing(null);
            returnFocus();
          }}
          onTheirs={(current) => {
            setEditing({ open: true, base: current, entry: entryOf(current), error: null });
          }}
          onMine={(current) => {
            save({ base: current, entry: editing.entry });
          }}
        />
      </li>
    );
  }

  const finished = isFinished(task);
  return (
    <li ref={item} className="flex flex-wrap items-start gap-3 py-3 sm:flex-nowrap">
      <input
        type="checkbox"
        className="tick"
        aria-labelledby={titleId}
        checked={finished}
        disabled={isNew}
        onChange={() => {
          change.mutate({ kind: "change", id: task.id, patch: { status: finished ? "todo" : "done" } });
        }}
      />
      <div className="min-w-0 flex-1 basis-[calc(100%-3rem)] sm:basis-0">
        <p id={titleId} className={`wrap-anywhere ${finished ? "text-quiet line-through" : ""}`}>
          {task.title}
        </p>
        <TaskFacts task={task} unheard={unheard} />
      </div>
      {asking ? (
        <AskToDelete
          onKeep={() => {
            setAsking(false);
            requestAnimationFrame(() => deleteButton.current?.focus());
          }}
          onDelete={() => {
            focusNeighbour(item.current);
            remove.mutate({ kind: "delete", id: task.id, title: task.title });
          }}
        />
      ) : (
        <div className="-my-1.5 ml-6 flex sm:ml-0">
          <Button
            ref={editButton}
            kind="quiet"
            aria-label={`Edit ${task.title}`}
            disabled={isNew}
            onClick={() => {
              setEditing({ open: true, base: task, entry: entryOf(task), error: null });
            }}
          >
            Edit
          </Button>
          <Button
            ref={deleteButton}
            kind="quiet"
            aria-label={`Delete ${task.title}`}
            disabled={isNew}
            onClick={() => {
              setAsking(true);
            }}
          >
            Delete
          </Button>
        </div>
      )}
    </li>
  );
}

/** Deleting cannot be taken back here, so it takes two clicks. */
function AskToDelete({ onKeep, onDelete }: { onKeep: () => void; onDelete: () => void }) {
  const yes = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    yes.current?.focus();
  }, []);
  return (
    <div role="group" aria-label="Delete for good?" className="-my-1.5 ml-9 flex flex-none gap-1 sm:ml-0">
      <Button ref={yes} kind="danger" onClick={onDelete}>
        Delete for good
      </Button>
      <Button kind="quiet" onClick={onKeep}>
        Keep
      </Button>
    </div>
  );
}

/** Focus must not vanish with the row that had it. */
function focusNeighbour(item: HTMLLIElement | null): void {
  const neighbour = item?.nextElementSibling ?? item?.previousElementSibling;
  const next = neighbour?.querySelector<HTMLElement>("input[type=checkbox]") ?? document.getElementById("new-task");
  next?.focus();
}
