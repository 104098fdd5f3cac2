import { memo, type MouseEvent } from "react";
import type { Task } from "../../api/types";
import { useTask } from "../../data/DataContext";
import { isFinished } from "../../data/shapes";
import type { Hands } from "./hands";
import { Icon } from "../../ui/Icon";
import type { ReachedRow } from "./ReachedRow";
import { RowActions } from "./RowActions";
import { type Around, TaskFacts } from "./TaskFacts";
import { TitleEditor } from "./TitleEditor";
import { useIsReached } from "./useReached";
import * as say from "./words";

interface Props {
  lineKey: string;
  task: Task;
  depth: number;
  parts: number;
  isFolded: boolean;
  /** The day of its heading, which it need not say again. */
  day: string | null;
  isSelected: boolean;
  reached: ReachedRow;
  isEdited: boolean;
  around: Around;
  hands: Hands;
}

/** Where something that is dragged would go. */
const drops =
  "before:pointer-events-none before:absolute before:inset-x-0 before:h-0.5 before:rounded-full data-[edge=above]:before:-top-px data-[edge=above]:before:bg-accent data-[edge=below]:before:-bottom-px data-[edge=below]:before:bg-accent data-[edge=onto]:bg-tint data-[edge=onto]:outline-2 data-[edge=onto]:outline-accent";

const rings: Partial<Record<Task["priority"], string>> = { urgent: "border-urgent", high: "border-high", medium: "border-medium", low: "border-low" };

export const TaskRow = memo(function TaskRow({ lineKey, task: listed, depth, parts, isFolded, day, isSelected, reached, isEdited, around, hands }: Props) {
  const task = useTask(listed.id) ?? listed;
  const finished = isFinished(task);
  const tab = useIsReached(reached, lineKey) ? 0 : -1; // of all rows one is reached by Tab; from there the arrow keys lead on
  const onClick = (event: MouseEvent) => {
    if (event.target instanceof Element && event.target.closest("button, input") !== null) return;
    event.preventDefault();
    if (!hands.pick(task.id, event)) hands.open(task.id);
  };
  return (
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions, jsx-a11y/click-events-have-key-events -- its title is a link that does the same
    <div
      data-row={lineKey}
      onClick={isEdited ? undefined : onClick}
      onFocus={() => {
        hands.focus(lineKey);
      }}
      className={`group relative flex items-start gap-2.5 rounded-md py-2 pr-2 pl-(--gutter) hover:bg-wash/60 ${drops} ${isSelected ? "bg-tint hover:bg-tint" : ""}`}
      style={depth > 0 ? { marginInlineStart: `${Math.min(depth, 6) * 1.5}rem` } : undefined}
    >
      {parts > 0 ? <Fold title={task.title} isFolded={isFolded} tab={tab} onFold={() => { hands.fold(task.id); }} /> : null}
      <input
        type="checkbox"
        aria-label={task.title}
        checked={finished}
        tabIndex={tab}
        onChange={(event) => {
          hands.tick(task.id, event.target.checked);
        }}
        data-cancelled={task.status === "cancelled" || undefined}
        className={`tick pointer-coarse:my-1 ${finished ? "" : (rings[task.priority] ?? "")}`}
      />
      <div className="min-w-0 flex-1 pointer-coarse:py-1">
        {isEdited ? (
          <TitleEditor
            title={task.title}
            onSave={(title) => {
              hands.rename(task.id, title);
            }}
            onEnd={(byKey) => {
              hands.edit(null, byKey);
            }}
          />
        ) : (
          <a
            href={`?task=${task.id}`}
            data-title
            draggable={false}
            tabIndex={tab}
            onKeyDown={(event) => {
              if (event.key !== " ") return;
              event.preventDefault();
              hands.tick(task.id, !finished);
            }}
            className={`scroll-my-24 rounded-sm wrap-anywhere outline-offset-4 ${finished ? "text-quiet line-through decoration-edge" : ""}`}
          >
            {task.title}
          </a>
        )}
        {isSelected ? <span className="sr-only">{say.isSelected}</span> : null}
        <TaskFacts task={task} parts={parts} day={day} around={around} tab={tab} hands={hands} />
      </div>
      <RowActions lineKey={lineKey} task={task} tab={tab} hands={hands} />
    </div>
  );
});

function Fold({ title, isFolded, tab, onFold }: { title: string; isFolded: boolean; tab: number; onFold: () => void }) {
  return (
    <button
      type="button"
      tabIndex={tab}
      aria-label={say.subtasksOf(title)}
      aria-expanded={!isFolded}
      onClick={onFold}
      className="absolute left-0.5 grid size-6 cursor-pointer place-items-center rounded-sm text-quiet hover:bg-line hover:text-ink pointer-coarse:-top-0.5 pointer-coarse:-left-3 pointer-coarse:size-touch"
    >
      <Icon name="chevron" className={`size-4 transition-transform ${isFolded ? "" : "rotate-90"}`} />
    </button>
  );
}
