import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ask } from "../../api/client";
import { useAddress } from "../../address/useAddress";
import type { Params } from "../../address/params";
import { usePerson } from "../../data/DataContext";
import { Button } from "../../ui/Button";
import { Empty } from "../../ui/Empty";
import { ActivityFilters } from "./ActivityFilters";
import { DaySections } from "./DaySections";
import { EntryRow } from "./EntryRow";
import { endOfDay, startOfDay } from "./instants";
import { dayOfEntry } from "./inWords";
import { Pages } from "./Pages";
import { useNames } from "./useNames";
import { useNews } from "./useNews";
import { Verify } from "./Verify";

const PAGE = 50;

/** All that was done, by whom and how, newest first. */
export function Activity() {
  const { params } = useAddress();
  const { zone } = usePerson();
  const names = useNames();
  const client = useQueryClient();
  const [news, setNews] = useState(false);
  const asked = filtersOf(params, zone);
  const isFiltered = Object.keys(asked).length > 0;
  const query = useInfiniteQuery({
    queryKey: ["activity", asked],
    queryFn: ({ pageParam, signal }) => ask("get", "/api/activity", { query: { ...asked, limit: PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) }, signal }),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => (next === null ? null : Number(next)),
    staleTime: 0,
  });
  useNews(() => {
    setNews(true);
  });
  const readAgain = () => {
    setNews(false);
    void client.resetQueries({ queryKey: ["activity"] });
  };
  const entries = query.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <div className="grid max-w-3xl gap-4">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <ActivityFilters />
        <Verify />
      </div>
      <div role="status" className="empty:hidden">
        {news ? <Button onClick={readAgain}>Something was done meanwhile. Show it</Button> : null}
      </div>
      <div>
        <Pages
          what="the activity"
          query={query}
          isEmpty={entries.length === 0}
          empty={
            isFiltered ? (
              <Empty title="Nothing like this was done.">Other kinds, ways or days may have something.</Empty>
            ) : (
              <Empty title="Nothing was done yet.">What you and others do with your tasks is kept here, and can be undone.</Empty>
            )
          }
        >
          <DaySections items={entries} dayOf={({ time }) => dayOfEntry(time, zone)}>
            {(entry) => <EntryRow key={entry.id} entry={entry} names={names} onUndone={readAgain} />}
          </DaySections>
        </Pages>
      </div>
    </div>
  );
}

function filtersOf({ kind, via, from, to }: Params, zone: string) {
  return {
    ...(kind === undefined ? {} : { kind }),
    ...(via === undefined ? {} : { via }),
    ...(from === undefined ? {} : { from: startOfDay(from, zone) }),
    ...(to === undefined ? {} : { to: endOfDay(to, zone) }),
  };
}
