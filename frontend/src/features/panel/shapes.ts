/** What only this panel asks the API for. */
import type { Answer } from "../../api/client";
import type { Task } from "../../api/types";

export type Entry = Answer<"get", "/api/activity">["items"][number];
export type Receipt = Answer<"get", "/api/tasks/{task_id}/reminders">["items"][number];
export type Firing = Receipt["firings"][number];
export type Parsed = Answer<"post", "/api/quick-add/parse">;
export type Reminder = Task["reminders"][number];
export type Recurrence = NonNullable<Task["recurrence"]>;
