import { useCallback, type ReactNode } from "react";
import { ViewLink } from "../../address/ViewLink";
import type { View } from "../../address/views";
import { useCounted, useKnown, usePerson } from "../../data/DataContext";
import { dayOf } from "../../data/days";
import type { Known } from "../../data/shapes";
import { openTasks } from "../../data/views";
import { dropTarget } from "../../ui/dropTarget";
import { Icon, type IconName } from "../../ui/Icon";
import { Mark } from "../../ui/Mark";
import { viewNames } from "../viewNames";
import { Count } from "./Count";
import { Groups } from "./Groups";
import * as say from "./words";

type Plain = Exclude<View["name"], "list" | "tag" | "filter" | "unknown">;

const days: readonly [Plain, IconName][] = [
  ["inbox", "inbox"],
  ["today", "sun"],
  ["upcoming", "days"],
  ["calendar", "calendar"],
];

const more: readonly [Plain, IconName][] = [
  ["completed", "done"],
  ["recurring", "repeat"],
  ["activity", "activity"],
  ["settings", "settings"],
];

const viewOf = (name: Plain): View => {
  if (name === "calendar") return { name, month: null };
  return name === "settings" ? { name, section: null } : { name };
};

/** The way to everything. */
export function Sidebar({ foot }: { foot: ReactNode }) {
  const counts = useCounts();
  const drops = useDrops();
  const links = (views: readonly [Plain, IconName][]) => (
    <ul>
      {views.map(([name, icon]) => (
        <li key={name} {...drops[name]} className="rounded-md data-over:bg-tint data-over:outline-2 data-over:outline-accent">
          <ViewLink view={viewOf(name)} className="place">
            <Icon name={icon} className="size-4.5 text-quiet" />
            <span className="min-w-0 flex-1 truncate">{viewNames[name]}</span>
            <Count of={name === "inbox" || name === "today" ? counts[name] : undefined} />
          </ViewLink>
        </li>
      ))}
    </ul>
  );
  return (
    <div className="flex min-h-full flex-col gap-4 px-3 pt-4 pb-3">
      <Mark className="px-2" />
      <nav aria-label={say.views} className="flex min-w-0 flex-col gap-4">
        {links(days)}
        <Groups />
        {links(more)}
      </nav>
      <div className="mt-auto border-t border-line pt-3">{foot}</div>
    </div>
  );
}

/** What tasks can be dropped on, besides lists and tags. */
function useDrops(): Partial<Record<Plain, ReturnType<typeof dropTarget>>> {
  const { today } = usePerson();
  const inbox = useKnown(inboxOf);
  return { ...(inbox === undefined ? {} : { inbox: dropTarget({ kind: "list", id: inbox }) }), today: dropTarget({ kind: "day", id: today }) };
}

const inboxOf = (known: Known) => [...known.list.values()].find((one) => one.inbox)?.id;

type Counts = Record<"inbox" | "today", number>;

const sameCounts = (before: Counts, after: Counts) => before.inbox === after.inbox && before.today === after.today;

/** Open tasks in the Inbox, and those of today or before. */
function useCounts(): Counts {
  const { zone, today } = usePerson();
  const count = useCallback(
    (known: Known) => {
      const counts = { inbox: 0, today: 0 };
      const inbox = inboxOf(known);
      for (const task of openTasks(known)) {
        if (task.list === inbox) counts.inbox += 1;
        const day = dayOf(task, zone);
        if (day !== null && day <= today && known.list.get(task.list)?.archived !== true) counts.today += 1;
      }
      return counts;
    },
    [zone, today],
  );
  return useCounted(count, sameCounts);
}
