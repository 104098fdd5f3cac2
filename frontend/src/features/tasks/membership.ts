/** Which of the tasks that are held belong to a view. */
import type { List, Task } from "../../api/types";
import type { View } from "../../address/views";
import { dayOf } from "../../data/days";

/** Views of tasks, of all that the page has. */
export type TasksView = Extract<View, { id: string }> | { name: "inbox" | "today" | "upcoming" };

interface Place {
  lists: ReadonlyMap<string, List>;
  zone: string;
  today: string;
}

/** What the server was asked for stands in `found`; it decides where it is given. */
export function belongsTo(view: TasksView, { lists, zone, today }: Place, found: ReadonlySet<string> | null): (task: Task) => boolean {
  const isPutAway = (task: Task) => lists.get(task.list)?.archived === true;
  const isFound = (task: Task) => found?.has(task.id) !== false;
  switch (view.name) {
    case "inbox":
      return (task) => lists.get(task.list)?.inbox === true && isFound(task);
    case "list":
      return (task) => task.list === view.id && isFound(task);
    case "tag":
      return (task) => task.tags.includes(view.id) && !isPutAway(task) && isFound(task);
    case "today":
      return (task) => task.due !== null && (dayOf(task, zone) ?? "") <= today && !isPutAway(task) && isFound(task);
    case "upcoming":
      return (task) => task.due !== null && !isPutAway(task) && isFound(task);
    case "filter":
      return (task) => found?.has(task.id) === true;
  }
}

/** Finished ones stay where they were until somebody goes elsewhere, so that nothing moves away under the hand. */
export const staysUntilLeft = (task: Task, since: string): boolean => task.status === "done" && task.completed_at !== null && task.completed_at >= since;
