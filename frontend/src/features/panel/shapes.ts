/** What only this panel asks the API for. */
import type { Answer } from "../../api/client";

export type Receipt = Answer<"get", "/api/tasks/{task_id}/reminders">["items"][number];
export type Firing = Receipt["firings"][number];
