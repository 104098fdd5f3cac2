import type { ReactNode } from "react";
import type { List, Tag, Task } from "../../api/types";
import { dayOf, timeOf } from "../../data/days";
import { useIsUnsent } from "../../data/DataContext";
import { isFinished } from "../../data/shapes";
import { ColorDot } from "../../ui/ColorDot";
import { dueInWords } from "../../ui/inWords";
import { nameOfList, priorityNames } from "../../data/names";
import type { Hands } from "./hands";
import { Icon } from "../../ui/Icon";
import * as say from "./words";

/** What rows say of what is not theirs; made anew only when one of these changes. */
export interface Around {
  lists: ReadonlyMap<string, List>;
  tags: ReadonlyMap<string, Tag>;
  /** The view's own, which its rows need not name. */
  list: string | null;
  zone: string;
  locale: string;
  today: string;
  isLate: (task: Task) => boolean;
}

const colours: Partial<Record<Task["priority"], string>> = { urgent: "text-urgent", high: "text-high", medium: "text-medium", low: "text-low" };

/** The line below a title: what else is known of the task. */
export function TaskFacts({ task, parts, day, around, tab, hands }: { task: Task; parts: number; day: string | null; around: Around; tab: number; hands: Hands }) {
  const isUnsent = useIsUnsent(task.id);
  const list = task.list === around.list ? undefined : around.lists.get(task.list);
  const tags = task.tags.map((id) => around.tags.get(id)).filter((tag) => tag !== undefined);
  const repeats = task.recurrence !== null && task.recurrence.state === "active";
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-0.5 text-sm text-quiet empty:hidden">
      {isUnsent ? <Fact className="text-warn">{say.notSentYet}</Fact> : null}
      <Due task={task} ownDay={day} around={around} tab={tab} hands={hands} />
      {task.priority === "none" ? null : (
        <Fact className={colours[task.priority]}>
          <Icon name="flag" className="size-3.5" />
          {priorityNames[task.priority]}
          <span className="sr-only"> {say.priorityAfterIt}</span>
        </Fact>
      )}
      {task.status === "in_progress" ? <Fact>{say.inProgress}</Fact> : null}
      {task.status === "cancelled" ? <Fact>{say.cancelled}</Fact> : null}
      {list === undefined ? null : (
        <Fact>
          <ColorDot color={list.color} />
          <span className="max-w-48 truncate">{nameOfList(list)}</span>
        </Fact>
      )}
      {tags.map((tag) => (
        <Fact key={tag.id} className="rounded-full bg-wash px-2 leading-5">
          <ColorDot color={tag.color} className="size-2" />
          <span className="max-w-40 truncate">{tag.name}</span>
        </Fact>
      ))}
      {parts > 0 ? <Mark icon="parts" says={say.parts(parts)} shows={String(parts)} /> : null}
      {repeats ? <Mark icon="repeat" says={say.repeats} /> : null}
      {task.reminders.length > 0 ? <Mark icon="bell" says={say.hasAReminder} /> : null}
      {task.notes === "" ? null : <Mark icon="note" says={say.hasNotes} />}
    </div>
  );
}

const Fact = ({ className = "", children }: { className?: string | undefined; children: ReactNode }) => (
  <span className={`inline-flex items-center gap-1.5 ${className}`}>{children}</span>
);

const Mark = ({ icon, says, shows }: { icon: "parts" | "repeat" | "bell" | "note"; says: string; shows?: string }) => (
  <span className="inline-flex items-center gap-1" title={says}>
    <Icon name={icon} className="size-3.5" />
    {shows === undefined ? null : <span aria-hidden="true">{shows}</span>}
    <span className="sr-only">{says}</span>
  </span>
);

function Due({ task, ownDay, around, tab, hands }: { task: Task; ownDay: string | null; around: Around; tab: number; hands: Hands }) {
  const day = dayOf(task, around.zone);
  if (day === null) return null;
  const time = timeOf(task, around.zone);
  if (day === ownDay && time === null) return null;
  const isLate = !isFinished(task) && around.isLate(task);
  return (
    <button
      type="button"
      tabIndex={tab}
      aria-haspopup="dialog"
      onClick={(event) => {
        hands.menu("due", task.id, event.currentTarget);
      }}
      className={`inline-flex min-h-6 cursor-pointer items-center gap-1.5 rounded-sm hover:underline pointer-coarse:min-h-touch ${isLate ? "font-semibold text-warn" : ""}`}
    >
      <Icon name="calendar" className="size-3.5" />
      <span>
        <span className="sr-only">{say.due} </span>
        {dueInWords(day, time, around.today, around.locale)}
        {isLate ? <span className="sr-only">{say.isOverdue}</span> : null}
      </span>
    </button>
  );
}
