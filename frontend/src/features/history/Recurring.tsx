import { useMemo, useState } from "react";
import type { Task } from "../../api/types";
import { useKnown, useLoading, usePerson, sameItems } from "../../data/DataContext";
import type { Known } from "../../data/shapes";
import { byDue, ordered } from "../../data/order";
import { openTasks } from "../../data/views";
import { Problem, sentence } from "../../api/problem";
import { Button } from "../../ui/Button";
import { Empty } from "../../ui/Empty";
import { Failed } from "../../ui/Failed";
import { Skeleton } from "../../ui/Skeleton";
import { SeriesRow } from "./SeriesRow";
import * as say from "./words";

const SOME = 50;

const repeating = (known: Known): readonly Task[] => openTasks(known).filter(({ recurrence }) => recurrence !== null);

/** All tasks that repeat: how, when next, and whether they go on. */
export function Recurring() {
  const clock = usePerson();
  const loading = useLoading();
  const tasks = useKnown(repeating, sameItems);
  const sorted = useMemo(() => ordered(tasks, byDue, clock), [tasks, clock]);
  if (loading.state === "loading") return <Skeleton what={say.loadingRecurring} rows={6} />;
  if (loading.state === "failed") {
    const { error } = loading;
    return (
      <Failed what={say.recurringNotLoaded} why={sentence(error)} requestId={error instanceof Problem ? error.requestId : null} onRetry={loading.retry} />
    );
  }
  if (sorted.length === 0) {
    return <Empty title={say.nothingRepeatsYet}>{say.howToRepeat}</Empty>;
  }
  const isOn = (task: Task) => task.recurrence?.state === "active";
  return (
    <div className="grid gap-8">
      <Group name={say.goingOn} tasks={sorted.filter(isOn)} />
      <Group name={say.pausedOrEnded} tasks={sorted.filter((task) => !isOn(task))} />
    </div>
  );
}

function Group({ name, tasks }: { name: string; tasks: readonly Task[] }) {
  const [shown, setShown] = useState(SOME);
  if (tasks.length === 0) return null;
  return (
    <section aria-label={name}>
      <h2 className="text-sm font-semibold">{name}</h2>
      <ul>
        {tasks.slice(0, shown).map((task) => (
          <SeriesRow key={task.id} task={task} />
        ))}
      </ul>
      {tasks.length > shown ? (
        <Button className="mt-3" onClick={() => { setShown(shown + SOME); }}>
          {say.showMore}
        </Button>
      ) : null}
    </section>
  );
}
