/** What people call things that have no name of their own. */
import type { List, Priority } from "../api/types";

/** The most urgent first. */
export const priorityNames: Readonly<Record<Priority, string>> = { urgent: "Urgent", high: "High", medium: "Medium", low: "Low", none: "None" };

export const priorityInWords = (priority: Priority): string => (priority === "none" ? "No priority" : `${priorityNames[priority]} priority`);

/** The Inbox is called that, whatever its row says. */
export const nameOfList = (list: List | undefined): string => (list === undefined ? "Another list" : list.inbox ? "Inbox" : list.name);
