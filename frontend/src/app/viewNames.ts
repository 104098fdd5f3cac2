import type { View } from "../address/views";
import * as say from "./words";

/** What each view is called; those of a list, a tag or a filter are called as these are. */
export const viewNames: Readonly<Record<View["name"], string>> = {
  inbox: say.inbox,
  today: say.today,
  upcoming: say.upcoming,
  calendar: say.calendar,
  search: say.search,
  list: say.list,
  tag: say.tag,
  filter: say.filter,
  completed: say.completed,
  recurring: say.recurring,
  activity: say.activity,
  settings: say.settings,
  unknown: say.nothingFound,
};
