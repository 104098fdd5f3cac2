import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { isOutOfReach, sentence } from "../../api/problem";
import type { Entry, Task } from "../../api/types";
import { useData } from "../../data/DataContext";
import { useAsk } from "../../data/useAsk";
import { OutOfReach } from "../../ui/OutOfReach";
import { ShowMore } from "../../ui/ShowMore";
import { isTold } from "./activityInWords";
import { HistoryEntry } from "./HistoryEntry";
import * as say from "./words";

const PAGE = 30;
const PATIENCE = 30_000; // ms, for the log to tell what was heard of already

/** What was done to this task, read once somebody wants to know. */
export function History({ task }: { task: Task }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details
      className="border-t border-line py-4"
      onToggle={(event) => { setOpen(event.currentTarget.open); }}
    >
      <summary className="min-h-8 pointer-coarse:min-h-touch pointer-coarse:py-2.5 cursor-pointer text-sm font-semibold">{say.activity}</summary>
      {isOpen ? <Entries task={task} /> : null}
    </details>
  );
}

function Entries({ task }: { task: Task }) {
  const ask = useAsk();
  const heard = useHeard(task.id);
  const query = useInfiniteQuery({
    queryKey: ["activity", "of", task.id],
    queryFn: ({ pageParam }) =>
      ask("get", "/api/activity", { query: { task: task.id, limit: PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) } }),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => (next == null ? null : Number(next)),
    staleTime: 0,
    // The log is written a moment after what it tells of.
    refetchInterval: ({ state }) => (heard !== null && (state.data?.pages[0]?.items[0]?.sequence ?? 0) < heard.sequence && Date.now() < heard.at + PATIENCE ? 1000 : false),
  });
  const { data, isPending, isError, error, refetch } = query;
  useEffect(() => {
    if (heard !== null) void refetch();
  }, [heard, refetch]);
  const all: readonly Entry[] = data?.pages.flatMap(({ items }) => items) ?? [];
  const entries = all.filter(isTold);
  if (isPending && isOutOfReach(query)) return <OutOfReach what={say.theActivity} isPart />;
  if (isPending) return <p role="status" className="py-2 text-sm text-quiet">{say.loading}</p>;
  return (
    <div className="grid gap-3 pt-2">
      {isError && !query.isFetchNextPageError ? (
        <p role="alert" className="text-sm">
          {say.activityNotLoaded} {sentence(error)}{" "}
          <button type="button" className="link" onClick={() => void refetch()}>{say.tryAgain}</button>
        </p>
      ) : null}
      {!isError && entries.length === 0 ? <p className="text-sm text-quiet">{say.nothingWritten}</p> : null}
      <ol aria-label={say.activityOfThisTask} className="grid gap-3 empty:hidden">
        {entries.map((entry) => (
          <HistoryEntry key={entry.id} entry={entry} among={all} />
        ))}
      </ol>
      {query.hasNextPage ? (
        <ShowMore
          kind="quiet"
          label={say.showMore}
          isOutOfReach={isOutOfReach(query)}
          wrong={query.isFetchNextPageError ? sentence(query.error) : null}
          onMore={() => query.fetchNextPage()}
        />
      ) : null}
    </div>
  );
}

/** The number of the newest event that the stream told of this task while this is open, and when. */
function useHeard(task: string): { sequence: number; at: number } | null {
  const data = useData();
  const [heard, setHeard] = useState<{ sequence: number; at: number } | null>(null);
  useEffect(
    () =>
      data.onChange((change) => {
        if (change.task?.id === task || change.comment?.task === task) setHeard({ sequence: change.sequence, at: Date.now() });
      }),
    [data, task],
  );
  return heard;
}
