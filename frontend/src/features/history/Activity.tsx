import { usePerson } from "../../data/DataContext";
import { Button } from "../../ui/Button";
import { Empty } from "../../ui/Empty";
import { ActivityFilters } from "./ActivityFilters";
import { DaySections } from "./DaySections";
import { EntryRow } from "./EntryRow";
import { dayOfEntry } from "./inWords";
import { Pages } from "./Pages";
import { useActivity } from "./useActivity";
import { useNames } from "./useNames";
import { Verify } from "./Verify";
import * as say from "./words";

/** All that was done, by whom and how, newest first. */
export function Activity() {
  const { zone } = usePerson();
  const names = useNames();
  const { query, entries, isFiltered, hasNews, readAgain } = useActivity();
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <ActivityFilters />
        <Verify />
      </div>
      <div role="status" className="empty:hidden">
        {hasNews ? <Button onClick={readAgain}>{say.showNews}</Button> : null}
      </div>
      <div>
        <Pages
          what={say.theActivity}
          query={query}
          isEmpty={entries.length === 0}
          empty={
            isFiltered ? (
              <Empty title={say.nothingLikeThis}>{say.lookElsewhere}</Empty>
            ) : (
              <Empty title={say.nothingWasDoneYet}>{say.whatIsKept}</Empty>
            )
          }
        >
          <DaySections items={entries} dayOf={({ time }) => dayOfEntry(time, zone)}>
            {(entry) => <EntryRow key={entry.id} entry={entry} among={entries} names={names} />}
          </DaySections>
        </Pages>
      </div>
    </div>
  );
}
