import { useState } from "react";
import { sameItems, useCounted, useFilters, useKnown, useLists, useTags } from "../../data/DataContext";
import { openCounts } from "../../data/views";
import { EntryRow } from "./EntryRow";
import { Group } from "./Group";
import * as say from "./words";

type Counts = ReadonlyMap<string, number>;

const sameCounts = (before: Counts, after: Counts) => before.size === after.size && [...after].every(([id, count]) => before.get(id) === count);

/** A person's own lists, tags and filters. */
export function Groups() {
  const counts = useCounted(openCounts, sameCounts);
  const lists = useLists().filter(({ inbox }) => !inbox);
  const tags = useTags();
  const filters = useFilters();
  return (
    <>
      <Group kind="list" title={say.lists}>
        {lists.map((list, place) => (
          <EntryRow key={list.id} kind="list" entry={list} count={counts.get(list.id)} above={lists[place - 1]?.id} below={lists[place + 1]?.id} />
        ))}
        <Archived counts={counts} />
      </Group>
      <Group kind="tag" title={say.tags}>
        {tags.map((tag) => (
          <EntryRow key={tag.id} kind="tag" entry={tag} count={counts.get(tag.id)} />
        ))}
      </Group>
      <Group kind="filter" title={say.filters}>
        {filters.map((filter, place) => (
          <EntryRow key={filter.id} kind="filter" entry={filter} above={filters[place - 1]?.id} below={filters[place + 1]?.id} />
        ))}
      </Group>
    </>
  );
}

/** Lists that were put away, when somebody wants to see them. */
function Archived({ counts }: { counts: Counts }) {
  const [isShown, setShown] = useState(false);
  const lists = useKnown((known) => [...known.list.values()].filter(({ archived }) => archived), sameItems);
  if (lists.length === 0) return null;
  return (
    <>
      <li>
        <button
          type="button"
          aria-expanded={isShown}
          className="place w-full cursor-pointer text-sm text-quiet"
          onClick={() => {
            setShown(!isShown);
          }}
        >
          {isShown ? say.hideTheArchive : say.archived(lists.length)}
        </button>
      </li>
      {isShown ? lists.map((list) => <EntryRow key={list.id} kind="list" entry={list} count={counts.get(list.id)} />) : null}
    </>
  );
}
