import { lazy, Suspense, useMemo, useRef, useState } from "react";
import { useAddress, useGo } from "../../address/useAddress";
import { useKnown, useLists, usePerson, useTags } from "../../data/DataContext";
import { isOverdue } from "../../data/days";
import { useMinute } from "../../data/minute";
import { Empty } from "../../ui/Empty";
import { patiently } from "../../ui/patiently";
import { Skeleton } from "../../ui/Skeleton";
import { longDayInWords } from "../../ui/inWords";
import { emptinessOf } from "./emptiness";
import { GroupHead } from "./GroupHead";
import { nameOfList } from "../../data/names";
import { linesOf, tasksIn, type TaskLine } from "./lines";
import type { FoundIds, TasksView } from "./membership";
import { NotFound } from "./NotFound";
import { OverRows } from "./OverRows";
import { groupingOf, isManual, showsFinished, sortOf } from "./options";
import { Rows } from "./Rows";
import { toggled } from "./selection";
import type { Around } from "./TaskFacts";
import { TaskRow } from "./TaskRow";
import { useDragging } from "./useDragging";
import { useFound } from "./useFound";
import { useListActs } from "./useListActs";
import { useShown } from "./useShown";
import { ViewHead } from "./ViewHead";
import { FindProblem } from "./FindProblem";
import * as say from "./words";

// Neither is there at first.
const Board = lazy(patiently(() => import("./Board").then((module) => ({ default: module.Board }))));
const FinishedTasks = lazy(patiently(() => import("./FinishedTasks").then((module) => ({ default: module.FinishedTasks }))));

const none: ReadonlySet<string> = new Set();

export function TaskScreen({ view }: { view: TasksView }) {
  const { params } = useAddress();
  const go = useGo();
  const person = usePerson();
  const root = useRef<HTMLDivElement>(null);
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const name = useName(view);
  const found = useFound(view, params);
  const withFinished = showsFinished(view, params);
  const isBoard = params.layout === "board" && view.name !== "upcoming";
  const [finished, setFinished] = useState(none);
  const { tasks, groups, isComing } = useShown(view, params, { found: useAllFound(found.found, withFinished ? finished : none), isBoard, withFinished });
  const lines = useMemo(() => linesOf(groups, folded), [groups, folded]);
  const taskLines = useMemo(() => tasksIn(lines), [lines]);
  const around = useAround(view);
  const canReorder = !isBoard && isManual(sortOf(view, params)) && groupingOf(params) === "none";
  const list = useListActs({
    root,
    lines: taskLines,
    isBoard,
    canReorder,
    onFold: (id) => {
      setFolded((before) => toggled(before, id));
    },
  });
  const { selected } = list.selection;
  useDragging(root, { lines: taskLines, selected, canReorder, isBoard, doing: list.doing });

  if (name === null) return <NotFound view={view} />;
  const renderTask = (line: TaskLine) => (
    <TaskRow
      lineKey={line.key}
      task={line.task}
      depth={isBoard ? 0 : line.depth}
      parts={isBoard ? 0 : line.parts}
      isFolded={line.isFolded}
      day={line.group.day ?? null}
      isSelected={selected.has(line.task.id)}
      reached={list.reached.row}
      isEdited={line.key === list.edited}
      around={around}
      hands={list.hands}
    />
  );
  const more = withFinished ? (
    <Suspense>
      <FinishedTasks view={view} filter={found.text} onFound={setFinished} />
    </Suspense>
  ) : null;
  const emptiness = emptinessOf(view, params.q !== undefined);
  return (
    // Where something can be folded, there is room for what folds it.
    <div ref={root} className={taskLines.some(({ parts }) => parts > 0) ? "[--gutter:1.75rem]" : "[--gutter:0.5rem]"}>
      <ViewHead
        view={view}
        note={view.name === "today" ? longDayInWords(person.today, person.locale) : null}
        tasks={found.isAsking || isComing || found.error !== null ? null : tasks}
        found={found.found}
        locale={person.locale}
        params={params}
        onChange={(change) => {
          go.set(change);
        }}
      />
      <FindProblem {...found} />
      {isBoard ? (
        <Suspense fallback={<Skeleton what={say.loadingTheBoard} />}>
          <Board groups={groups} lines={lines} reached={list.reached} locale={person.locale} renderTask={renderTask} more={more} />
        </Suspense>
      ) : (
        <>
          {taskLines.length === 0 && !found.isAsking && !isComing && found.error === null ? <Empty title={emptiness.title}>{emptiness.text}</Empty> : null}
          <Rows
            label={name}
            lines={lines}
            reached={list.reached}
            renderHead={({ group }) => (
              <GroupHead
                group={group}
                locale={person.locale}
                onReschedule={(ids, anchor) => {
                  list.setOpened({ kind: "due", ids, anchor });
                }}
              />
            )}
            renderTask={renderTask}
          />
          {more}
        </>
      )}
      <OverRows list={list} locale={person.locale} />
    </div>
  );
}

/** With what the filter finds among the finished ones, where these are shown. */
function useAllFound(found: FoundIds | null, finished: ReadonlySet<string>): FoundIds | null {
  return useMemo(() => (found === null || finished.size === 0 ? found : { ...found, ids: new Set([...found.ids, ...finished]) }), [found, finished]);
}

/** Null where there is no such list, tag or filter. */
function useName(view: TasksView): string | null {
  return useKnown((known) => {
    switch (view.name) {
      case "inbox":
        return say.inbox;
      case "today":
        return say.today;
      case "upcoming":
        return say.upcoming;
      case "list": {
        const list = known.list.get(view.id);
        return list === undefined ? null : nameOfList(list);
      }
      case "tag":
        return known.tag.get(view.id)?.name ?? null;
      case "filter":
        return known.filter.get(view.id)?.name ?? null;
    }
  });
}

function useAround(view: TasksView): Around {
  const person = usePerson();
  const minute = useMinute();
  const lists = useLists();
  const tags = useTags();
  const inbox = lists.find((list) => list.inbox)?.id ?? null;
  const own = view.name === "inbox" ? inbox : view.name === "list" ? view.id : null;
  return useMemo(
    () => ({
      lists: new Map(lists.map((list) => [list.id, list])),
      tags: new Map(tags.map((tag) => [tag.id, tag])),
      list: own,
      zone: person.zone,
      locale: person.locale,
      today: person.today,
      isLate: (task) => isOverdue(task, person, minute),
    }),
    [lists, tags, own, person, minute],
  );
}
