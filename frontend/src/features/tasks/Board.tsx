import { useRef, type ReactNode } from "react";
import { dropTarget } from "../../ui/dropTarget";
import { numberInWords } from "../../ui/inWords";
import type { Group } from "./groups";
import type { Line, TaskLine } from "./lines";
import { Rows } from "./Rows";
import type { Reached } from "./useReached";
import * as say from "./words";

interface Props {
  groups: readonly Group[];
  lines: readonly Line[];
  reached: Reached;
  locale: string;
  renderTask: (line: TaskLine) => ReactNode;
  /** Below the finished ones, which may be more than are here. */
  more: ReactNode;
}

/** A column for each status, which scrolls by itself. */
export function Board({ groups, lines, reached, locale, renderTask, more }: Props) {
  return (
    <div data-broad="" className="grid auto-cols-[minmax(16rem,1fr)] grid-flow-col gap-3 overflow-x-auto pb-2 max-sm:auto-cols-[85%] max-sm:snap-x">
      {groups.map((group) => (
        <Column key={group.key} group={group} locale={locale}>
          {(scrolled) => (
            <>
              <Rows
                label={group.title ?? ""}
                lines={lines.filter((line) => line.kind === "task" && line.group.key === group.key)}
                reached={reached}
                within={scrolled}
                renderHead={() => null}
                renderTask={renderTask}
              />
              {group.tasks.length === 0 ? <p className="px-2 py-4 text-sm text-quiet">{say.nothingHere}</p> : null}
              {group.key === "finished" ? more : null}
            </>
          )}
        </Column>
      ))}
    </div>
  );
}

function Column({ group, locale, children }: { group: Group; locale: string; children: (scrolled: React.RefObject<HTMLDivElement | null>) => ReactNode }) {
  const scrolled = useRef<HTMLDivElement>(null);
  return (
    <section
      aria-label={group.title ?? ""}
      {...dropTarget({ kind: "status", id: group.key === "finished" ? "done" : group.key })}
      className="flex h-[calc(100dvh-10rem)] lg:h-[calc(100dvh-14rem)] min-h-72 [--gutter:0.5rem] snap-start flex-col rounded-lg border border-line bg-sunken data-over:border-accent data-over:bg-tint"
    >
      <h2 className="flex items-baseline gap-2 px-3 pt-2.5 pb-1.5 font-semibold">
        {group.title}
        <span className="text-sm font-normal text-quiet">{numberInWords(group.tasks.length, locale)}</span>
      </h2>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls can be scrolled by keys */}
      <div ref={scrolled} tabIndex={0} role="group" aria-label={say.column(group.title ?? "")} className="min-h-0 flex-1 overflow-y-auto px-1 pb-2">
        {children(scrolled)}
      </div>
    </section>
  );
}
