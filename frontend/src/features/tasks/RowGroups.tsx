import type { CSSProperties, ReactNode } from "react";
import type { HeadLine, Line, TaskLine } from "./lines";
import type { Reached } from "./useReached";

export interface RowsProps {
  label: string;
  lines: readonly Line[];
  reached: Reached;
  renderHead: (line: HeadLine) => ReactNode;
  renderTask: (line: TaskLine) => ReactNode;
}

export interface Shown<L extends Line = Line> {
  line: L;
  /** Where only some are on the page: its number, and how far down it stands. */
  at?: { index: number; top: number };
}

interface Props extends Omit<RowsProps, "lines" | "reached"> {
  shown: readonly Shown[];
  measure?: (element: HTMLElement | null) => void;
}

/** Each group is a list of its own, named by its heading. To those who listen, each row says the how-manieth it is. */
export function RowGroups({ label, shown, measure, renderHead, renderTask }: Props) {
  const own = (at: Shown["at"]) => (at === undefined ? {} : { ref: measure, "data-index": at.index, className: "absolute inset-x-0 top-0", style: movedBy(at.top) });
  return runsOf(shown).map(({ key, head, tasks }) => (
    <div key={key}>
      {head === null ? null : <div {...own(head.at)}>{renderHead(head.line)}</div>}
      {tasks.length === 0 ? null : (
        // eslint-disable-next-line jsx-a11y/no-redundant-roles -- a list without bullets is none to Safari
        <ul role="list" aria-label={tasks[0]?.line.group.title ?? label}>
          {tasks.map(({ line, at }) => (
            <li key={line.key} aria-setsize={line.of} aria-posinset={line.place} aria-level={line.depth + 1} {...own(at)}>
              {renderTask(line)}
            </li>
          ))}
        </ul>
      )}
    </div>
  ));
}

const movedBy = (top: number): CSSProperties => ({ transform: `translateY(${String(top)}px)` });

interface Run {
  key: string;
  head: Shown<HeadLine> | null;
  tasks: Shown<TaskLine>[];
}

function runsOf(shown: readonly Shown[]): Run[] {
  const runs = new Map<string, Run>();
  for (const { line, ...rest } of shown) {
    const { key } = line.group;
    const run = runs.get(key) ?? { key, head: null, tasks: [] };
    runs.set(key, run);
    if (line.kind === "head") run.head = { line, ...rest };
    else run.tasks.push({ line, ...rest });
  }
  return [...runs.values()];
}
