import type { Ask } from "../../api/client";
import type { Task } from "../../api/types";
import { useGo } from "../../address/useAddress";
import { useData, useKnown, usePerson, useTask } from "../../data/DataContext";
import { dayAt } from "../../data/days";
import { isFinished } from "../../data/shapes";
import { Empty } from "../../ui/Empty";
import { DaySections } from "./DaySections";
import { clockInWords } from "./inWords";
import { Pages } from "./Pages";
import { useNews } from "./useNews";
import { useTasks } from "./useTasks";
import * as say from "./words";

const PAGE = 100;

const read = (ask: Ask, cursor: string | null, signal: AbortSignal) =>
  ask("get", "/api/tasks", { query: { status: ["done"], sort: "-completed", limit: PAGE, ...(cursor === null ? {} : { cursor }) }, signal });

/** What was completed, by day, the last first. What is opened again stays where it was until somebody goes away. */
export function Finished() {
  const { zone } = usePerson();
  const { query, tasks } = useTasks("completed", read, true);
  useNews(({ type }) => {
    if (type === "task.completed") void query.refetch();
  });
  return (
    <div>
      <Pages
        what={say.completedTasks}
        query={query}
        isEmpty={tasks.length === 0}
        empty={<Empty title={say.nothingIsCompletedYet}>{say.tickOne}</Empty>}
      >
        <DaySections items={tasks} dayOf={({ completed_at, updated_at }) => dayAt(new Date(completed_at ?? updated_at), zone)}>
          {(task) => <FinishedRow key={task.id} read={task} />}
        </DaySections>
      </Pages>
    </div>
  );
}

function FinishedRow({ read: known }: { read: Task }) {
  const { acts } = useData();
  const person = usePerson();
  const go = useGo();
  const task = useTask(known.id) ?? known;
  const list = useKnown((all) => all.list.get(task.list)?.name ?? "");
  const finished = isFinished(task);
  return (
    <li className="flex items-center gap-3 border-b border-line py-2">
      <input
        type="checkbox"
        data-cancelled={task.status === "cancelled" || undefined}
        className="tick"
        aria-label={task.title}
        checked={finished}
        onChange={() => {
          if (finished) acts.reopen([task.id]);
          else acts.complete([task.id]);
        }}
      />
      <button type="button" className={`min-h-6 pointer-coarse:min-h-touch min-w-0 flex-1 cursor-pointer text-left wrap-anywhere hover:underline ${finished ? "text-quiet" : ""}`} onClick={() => { go.open(task.id); }}>
        <span className="sr-only">{say.open} </span>
        {task.title}
      </button>
      <span className="hidden max-w-40 truncate text-sm text-quiet sm:inline">{list}</span>
      <time className="text-sm text-quiet tabular-nums" dateTime={known.completed_at ?? undefined}>
        {known.completed_at === null ? "" : clockInWords(known.completed_at, person)}
      </time>
    </li>
  );
}
