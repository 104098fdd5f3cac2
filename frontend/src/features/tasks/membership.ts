/** Which of the tasks that are held belong to a view. */
import type { List, Task } from "../../api/types";
import type { View } from "../../address/views";
import { dayOf } from "../../data/days";
import { isFinished } from "../../data/shapes";

/** Views of tasks, of all that the page has. */
export type TasksView = Extract<View, { id: string }> | { name: "inbox" | "today" | "upcoming" };

interface Place {
  lists: ReadonlyMap<string, List>;
  zone: string;
  today: string;
  /** When somebody came to the view. */
  since: string;
}

/** What a filter finds; and what it found before, and does not any more. */
export interface FoundIds {
  ids: ReadonlySet<string>;
  left: ReadonlySet<string>;
}

export function foundAnew(ids: readonly string[], before: FoundIds | undefined): FoundIds {
  const now = new Set(ids);
  const left = new Set([...(before?.left ?? []), ...(before?.ids ?? [])].filter((id) => !now.has(id)));
  return { ids: now, left };
}

/** What a filter found stands in `found`; it decides where it is given. */
export function belongsTo(view: TasksView, { lists, zone, today, since }: Place, found: FoundIds | null): (task: Task) => boolean {
  const isPutAway = (task: Task) => lists.get(task.list)?.archived === true;
  const isFound = (task: Task) => found === null || found.ids.has(task.id) || (found.left.has(task.id) && staysUntilLeft(task, since));
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
      return (task) => found !== null && isFound(task);
  }
}

/** Finished ones are shown where somebody wants them, by a button or in the words of a filter. */
export function isOnView(task: Task, { since, withFinished, found }: { since: string; withFinished: boolean; found: FoundIds | null }): boolean {
  return !isFinished(task) || withFinished || staysUntilLeft(task, since) || found?.ids.has(task.id) === true;
}

/** Finished ones stay where they were until somebody goes elsewhere, so that nothing moves away under the hand. */
export const staysUntilLeft = (task: Task, since: string): boolean => task.status === "done" && task.completed_at !== null && task.completed_at >= since;
