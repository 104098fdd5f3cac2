import type { TasksView } from "./membership";
import * as say from "./words";

/** What it means that a view has nothing in it. */
export function emptinessOf(view: TasksView, isNarrowed: boolean): { title: string; text: string } {
  if (isNarrowed) return { title: say.nothingMatches, text: say.noneByFilter };
  switch (view.name) {
    case "inbox":
      return { title: say.yourInboxIsEmpty, text: say.whatInboxIsFor };
    case "today":
      return { title: say.nothingDueToday, text: say.enjoyTheDay };
    case "upcoming":
      return { title: say.nothingPlanned, text: say.whatUpcomingShows };
    case "list":
      return { title: say.thisListIsEmpty, text: say.howToFillList };
    case "tag":
      return { title: say.nothingHasThisTag, text: say.howToTag };
    case "filter":
      return { title: say.nothingMatchesNow, text: say.whatFilterShows };
  }
}
