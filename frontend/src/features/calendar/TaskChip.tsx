import { Check, Repeat } from "lucide-react";
import type { KeyboardEvent } from "react";
import type { Priority, Task } from "../../api/types";
import { useIsUnsent, usePerson } from "../../data/DataContext";
import { isOverdue, timeOf } from "../../data/days";
import { useMinute } from "../../data/minute";
import { isFinished } from "../../data/shapes";
import { timeInWords } from "../../ui/inWords";
import type { Coming } from "./useComing";
import * as say from "./words";

const edges: Record<Priority, string> = { none: "border-edge", low: "border-low", medium: "border-medium", high: "border-high", urgent: "border-urgent" };

const look = "flex h-6 w-full min-w-0 items-center gap-1 rounded-sm border-l-3 px-1 text-left text-xs leading-none pointer-coarse:h-8";

interface Props {
  task: Task;
  /** The Tab key comes to it: its day is the one that the keys are at. */
  reachable: boolean;
  onOpen: (id: string) => void;
  onKey: (task: Task, event: KeyboardEvent) => void;
}

/** A task on its day: pressed, it opens; dragged, it is due on another day. */
export function TaskChip({ task, reachable, onOpen, onKey }: Props) {
  const person = usePerson();
  const unsent = useIsUnsent(task.id);
  const finished = isFinished(task);
  const minute = useMinute();
  const late = !finished && isOverdue(task, person, minute);
  const time = finished ? null : timeOf(task, person.zone);
  return (
    <button
      type="button"
      tabIndex={reachable ? 0 : -1}
      {...(finished ? {} : { "data-task": task.id })}
      aria-keyshortcuts={finished ? undefined : "Alt+ArrowLeft Alt+ArrowRight Alt+ArrowUp Alt+ArrowDown"}
      title={task.title}
      onClick={(event) => {
        event.stopPropagation();
        onOpen(task.id);
      }}
      onKeyDown={(event) => {
        onKey(task, event);
      }}
      className={`${look} cursor-pointer bg-wash hover:bg-line data-dragged:opacity-50 ${edges[task.priority]} ${late ? "text-warn" : ""} ${finished ? "text-quiet line-through" : ""} ${unsent ? "italic" : ""}`}
    >
      {finished ? <Check className="size-3 flex-none" aria-hidden="true" /> : null}
      {time === null ? null : <span className="flex-none tabular-nums text-quiet">{timeInWords(time, person.locale)}</span>}
      <span className="truncate leading-normal">{task.title}</span>
      {finished ? <span className="sr-only">{say.done}</span> : late ? <span className="sr-only">{say.overdue}</span> : null}
    </button>
  );
}

/** What will be there once the one before it is done. */
export function ComingChip({ coming }: { coming: Coming }) {
  return (
    <p title={say.titleWillComeAgain(coming.task.title)} className={`${look} border-dashed border-line text-quiet`}>
      <Repeat className="size-3 flex-none" aria-hidden="true" />
      <span className="truncate leading-normal">{coming.task.title}</span>
    </p>
  );
}
