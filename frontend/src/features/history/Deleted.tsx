import { useState } from "react";
import type { Ask } from "../../api/client";
import type { Task } from "../../api/types";
import { usePerson, useTask } from "../../data/DataContext";
import { againActs } from "../../data/againActs";
import { useActs } from "../../data/useActs";
import { dayAt } from "../../data/days";
import { Button } from "../../ui/Button";
import { Empty } from "../../ui/Empty";
import { DaySections } from "./DaySections";
import { clockInWords } from "./inWords";
import { Pages } from "./Pages";
import { useNews } from "./useNews";
import { useTasks } from "./useTasks";
import * as say from "./words";

const PAGE = 100;

const read = (ask: Ask, cursor: string | null, signal: AbortSignal) =>
  ask("get", "/api/tasks/deleted", { query: { limit: PAGE, ...(cursor === null ? {} : { cursor }) }, signal });

/** What was deleted in the last 30 days. A task stands for the subtasks that went with it. */
export function Deleted() {
  const { zone } = usePerson();
  const { query, tasks } = useTasks("deleted", read, false);
  useNews(({ type }) => {
    if (type === "task.deleted") void query.refetch();
  });
  return (
    <div>
      <Pages
        what={say.deletedTasks}
        query={query}
        isEmpty={tasks.length === 0}
        empty={<Empty title={say.nothingWasDeleted}>{say.restoreFromHere}</Empty>}
      >
        <p className="pb-3 text-sm text-quiet">{say.restorable}</p>
        <DaySections items={tasks} dayOf={({ updated_at }) => dayAt(new Date(updated_at), zone)}>
          {(task) => <DeletedRow key={task.id} task={task} />}
        </DaySections>
      </Pages>
    </div>
  );
}

function DeletedRow({ task }: { task: Task }) {
  const acts = useActs(againActs);
  const person = usePerson();
  const isBack = useTask(task.id) !== undefined;
  const [asked, setAsked] = useState(false);
  return (
    <li className="flex items-center gap-3 border-b border-line py-2">
      <span className="min-w-0 flex-1 wrap-anywhere text-quiet">{task.title}</span>
      <time className="text-sm text-quiet tabular-nums" dateTime={task.updated_at}>
        {clockInWords(task.updated_at, person)}
      </time>
      <Button
        busy={asked || isBack}
        aria-label={say.restoreNamed(task.title)}
        onClick={() => {
          setAsked(true);
          acts.restore(task);
        }}
      >
        {isBack ? say.restored : asked ? say.restoring : say.restore}
      </Button>
    </li>
  );
}
