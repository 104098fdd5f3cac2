import type { KeyboardEvent } from "react";
import { useGo } from "../../address/useAddress";
import type { Task } from "../../api/types";
import { useData, useIsUnsent, usePerson } from "../../data/DataContext";
import { isFinished } from "../../data/shapes";
import { taskDueInWords } from "./when";
import * as say from "./words";

/** `before` and `after`: those that it stands between. */
export function Subtask({ task, before, after }: { task: Task; before: Task | undefined; after: Task | undefined }) {
  const { acts } = useData();
  const { open } = useGo();
  const person = usePerson();
  const isUnsent = useIsUnsent(task.id);
  const finished = isFinished(task);
  const due = taskDueInWords(task, person);
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey) return;
    if (event.key === "ArrowUp" && before !== undefined) acts.move([task.id], { before: before.id });
    else if (event.key === "ArrowDown" && after !== undefined) acts.move([task.id], { after: after.id });
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <li className="flex min-h-9 items-center gap-2 pointer-coarse:min-h-touch">
      <input
        type="checkbox"
        aria-label={task.title}
        data-cancelled={task.status === "cancelled" || undefined}
        className="tick"
        checked={finished}
        onChange={() => {
          if (finished) acts.reopen([task.id]);
          else acts.complete([task.id]);
        }}
      />
      <button
        type="button"
        aria-label={say.openTitle(task.title)}
        aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
        title={say.howToMove}
        className={`min-h-8 pointer-coarse:min-h-touch min-w-0 flex-1 cursor-pointer truncate text-left hover:underline ${finished ? "text-quiet line-through" : ""}`}
        onClick={() => { open(task.id); }}
        onKeyDown={onKeyDown}
      >
        {task.title}
      </button>
      {isUnsent ? <span className="text-sm text-quiet">{say.subtaskNotSentYet}</span> : null}
      {due === null ? null : <span className="flex-none text-sm text-quiet">{due}</span>}
    </li>
  );
}
