import type { View } from "../address/views";

/** What each view is called; those of a list, a tag or a filter are called as these are. */
export const viewNames: Readonly<Record<View["name"], string>> = {
  inbox: "Inbox",
  today: "Today",
  upcoming: "Upcoming",
  calendar: "Calendar",
  search: "Search",
  list: "List",
  tag: "Tag",
  filter: "Filter",
  completed: "Completed",
  recurring: "Recurring",
  activity: "Activity",
  settings: "Settings",
  unknown: "Not found",
};
