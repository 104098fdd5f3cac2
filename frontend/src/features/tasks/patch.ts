import type { Task } from "../../api/types";

export type TaskPatch = Partial<Pick<Task, "title" | "notes" | "status" | "priority" | "due" | "zone">>;
export type NewTask = TaskPatch & { id: string; title: string };
