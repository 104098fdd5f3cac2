/** How the fields of a panel change their task: this occurrence alone, or all from it on. */
import { createContext, use, useMemo, useState, type ReactNode } from "react";
import type { Task, TaskPatch } from "../../api/types";
import { useData, usePerson } from "../../data/DataContext";
import { seriesActs } from "../../data/seriesActs";
import { useActs } from "../../data/useActs";

export type Scope = "this" | "future";

interface Changing {
  scope: Scope;
  choose: (scope: Scope) => void;
  change: (patch: TaskPatch) => void;
  /** Where a field's draft is kept. */
  draftOf: (field: string) => string;
}

const ChangingContext = createContext<Changing | null>(null);

export function ChangingTask({ task, children }: { task: Task; children: ReactNode }) {
  const { acts } = useData();
  const series = useActs(seriesActs);
  const { user } = usePerson();
  const [chosen, choose] = useState<Scope>("this");
  const { id } = task;
  const scope = task.recurrence === null ? "this" : chosen;
  const changing = useMemo<Changing>(
    () => ({
      scope,
      choose,
      change: (patch) => {
        if (scope === "future") series.changeSeries(id, patch);
        else acts.change(id, patch);
      },
      draftOf: (field) => `${user.id}/${id}/${field}`,
    }),
    [acts, series, scope, id, user.id],
  );
  return <ChangingContext value={changing}>{children}</ChangingContext>;
}

export function useChanging(): Changing {
  const changing = use(ChangingContext);
  if (changing === null) throw new Error("No task is being changed here.");
  return changing;
}
