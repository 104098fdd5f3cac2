/** How a view is ordered and grouped, where the address does not say otherwise. */
import type { Params } from "../../address/params";
import type { Order } from "../../data/views";
import { groupings, type Grouping } from "./groups";
import type { TasksView } from "./membership";

/** An order, or with "-" the same turned round. */
export type Sort = Order | `-${Order}`;

export const sortNames: readonly { sort: Sort; name: string }[] = [
  { sort: "manual", name: "My order" },
  { sort: "due", name: "Due date" },
  { sort: "priority", name: "Priority" },
  { sort: "title", name: "Title" },
  { sort: "-created", name: "Newest first" },
  { sort: "created", name: "Oldest first" },
  { sort: "-updated", name: "Last changed" },
];

export const groupNames: Readonly<Record<Grouping, string>> = { none: "Not at all", day: "By day", priority: "By priority", list: "By list", tag: "By tag" };

export const usualSort = (view: TasksView): Sort => (view.name === "inbox" || view.name === "list" ? "manual" : "due");

export const sortOf = (view: TasksView, { sort }: Params): Sort => sortNames.find((known) => known.sort === sort)?.sort ?? usualSort(view);

export const groupingOf = ({ group }: Params): Grouping => groupings.find((known) => known === group) ?? "none";
