/** The API's shapes under the names the page uses. */
import type { Answer, Body } from "./client";

export type User = Answer<"get", "/api/me">;
export type Credentials = Body<"post", "/api/auth/login">;
export type Registration = Body<"post", "/api/auth/register">;
export type NewPasswordByMail = Body<"post", "/api/auth/reset/confirm">;
export type Confirmation = Body<"post", "/api/auth/register/confirm">;

export type Task = Answer<"get", "/api/tasks/{task_id}">;
export type List = Answer<"get", "/api/lists/{list_id}">;
export type Tag = Answer<"get", "/api/tags/{tag_id}">;
export type Filter = Answer<"get", "/api/filters/{filter_id}">;
export type Comment = Answer<"get", "/api/comments/{comment_id}">;
export type Notification = Answer<"get", "/api/notifications">["items"][number];
export type Preferences = Answer<"get", "/api/preferences">;
export type Entry = Answer<"get", "/api/activity">["items"][number];

export type Status = Task["status"];
export type Priority = Task["priority"];
export type Recurrence = NonNullable<Task["recurrence"]>;
export type Reminder = Task["reminders"][number];

type Patched = Body<"patch", "/api/tasks/{task_id}">;
type Settable = "title" | "notes" | "status" | "priority" | "due" | "zone" | "start" | "list" | "parent" | "tags";

/** What can be set in a task; a patch names what is to become different. */
export type TaskPatch = Partial<Pick<Task, Settable>> & Pick<Patched, "reminders" | "recurrence">;
export type ManyPatch = TaskPatch & Pick<NonNullable<Body<"post", "/api/tasks/bulk">["change"]>, "add_tags" | "remove_tags" | "due_day">;
export type Place = Body<"post", "/api/tasks/{task_id}/move">;
export type Repeat = NonNullable<Patched["recurrence"]>;
export type QuickAddText = Exclude<NonNullable<Body<"post", "/api/tasks">["quick_add"]>, string>;
export type NewTask = TaskPatch & { id: string; title: string };

export type Change = Answer<"get", "/api/changes">["items"][number];
