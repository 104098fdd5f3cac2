import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { Task } from "../../api/types";
import { sameItems, useData, useKnown } from "../../data/DataContext";
import { useAsk } from "../../data/useAsk";
import { partsOf, progressOf } from "./family";
import { Section } from "./Section";
import { Subtask } from "./Subtask";
import * as say from "./words";

const MOST = 1000;

interface Props {
  task: Task;
  /** What adds to them. */
  adder: ReactNode;
}

/** What a task consists of, one level deep: whatever opens here shows its own. */
export function Subtasks({ task, adder }: Props) {
  const data = useData();
  const ask = useAsk();
  // Finished ones are not held from the start.
  useQuery({
    queryKey: ["subtasks", task.id],
    queryFn: async () => {
      const { items } = await ask("get", "/api/tasks/{task_id}/subtasks", { path: { task_id: task.id }, query: { limit: MOST } });
      data.learn("task", items);
      return items.length;
    },
    enabled: task.version > 0,
    staleTime: 0,
  });
  const parts = useKnown((known) => partsOf(task.id, known.task), sameItems);
  const { done, total } = progressOf(parts);
  return (
    <Section title={say.subtasks} aside={total === 0 ? null : <Progress done={done} total={total} />}>
      {parts.length === 0 ? null : (
        <ul aria-label={say.subtasks} className="grid">
          {parts.map((part, place) => (
            <Subtask key={part.id} task={part} before={parts[place - 1]} after={parts[place + 1]} />
          ))}
        </ul>
      )}
      {adder}
    </Section>
  );
}

function Progress({ done, total }: { done: number; total: number }) {
  return (
    <span className="flex items-center gap-2 text-sm text-quiet">
      <span aria-hidden="true" className="h-1.5 w-20 overflow-hidden rounded-full bg-line">
        <span className="block h-full bg-accent" style={{ width: `${(done / total) * 100}%` }} />
      </span>
      {say.ofDone(done, total)}
    </span>
  );
}
