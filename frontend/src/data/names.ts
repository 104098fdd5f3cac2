/** What people call things that have no name of their own. */
import type { List, Priority } from "../api/types";
import * as say from "./words";

/** The most urgent first. */
export const priorityNames: Readonly<Record<Priority, string>> = { urgent: say.urgent, high: say.high, medium: say.medium, low: say.low, none: say.none };

export const priorityInWords = (priority: Priority): string => (priority === "none" ? say.noPriority : say.withPriority(priorityNames[priority]));

/** The Inbox is called that, whatever its row says. */
export const nameOfList = (list: List | undefined): string => (list === undefined ? say.anotherList : list.inbox ? say.inbox : list.name);
