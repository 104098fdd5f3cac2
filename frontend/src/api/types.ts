/** The API's shapes under the names the page uses. */
import type { Answer, Body } from "./client";

export type User = Answer<"get", "/api/me">;
export type Credentials = Body<"post", "/api/auth/login">;
export type Registration = Body<"post", "/api/auth/register">;
export type NewPasswordByMail = Body<"post", "/api/auth/reset/confirm">;
export type Confirmation = Body<"post", "/api/auth/register/confirm">;

export type Task = Answer<"get", "/api/tasks/{task_id}">;
export type NewTask = TaskPatch & { id: string; title: string };
/** What can be set in a task; a patch names what is to become different. */
export type TaskPatch = Partial<Pick<Task, "title" | "notes" | "status" | "priority" | "due" | "zone">>;
export type Status = Task["status"];
export type Priority = Task["priority"];

export type Change = Answer<"get", "/api/changes">["items"][number];
