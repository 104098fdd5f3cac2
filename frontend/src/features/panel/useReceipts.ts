import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { Task } from "../../api/types";
import { useData } from "../../data/DataContext";
import { useAsk } from "../../data/useAsk";
import type { Receipt } from "./shapes";

const NONE: readonly Receipt[] = [];

/** What became of a task's reminders. When one fires the task stays as it is, so that is heard of by itself. */
export function useReceipts({ id, version, reminders }: Task): readonly Receipt[] {
  const ask = useAsk();
  const data = useData();
  const client = useQueryClient();
  const { data: receipts } = useQuery({
    queryKey: ["reminders", id, version],
    queryFn: () => ask("get", "/api/tasks/{task_id}/reminders", { path: { task_id: id } }),
    enabled: version > 0 && reminders.length > 0,
    staleTime: 0,
    gcTime: 60_000,
    placeholderData: (before) => before,
  });
  useEffect(
    () =>
      data.onChange(({ type }) => {
        if (type === "reminder.due" || type === "notification.created") void client.invalidateQueries({ queryKey: ["reminders", id] });
      }),
    [client, data, id],
  );
  return receipts?.items ?? NONE;
}
