import type { Task } from "../../api/types";

type Own = "id" | "title" | "list" | "position" | "created_at" | "updated_at" | "version";

/** What every task has of which nothing else was said. */
export const plain: Omit<Task, Own> = {
  notes: "",
  status: "todo",
  priority: "none",
  due: null,
  zone: null,
  due_at: null,
  start: null,
  parent: null,
  tags: [],
  reminders: [],
  completed_at: null,
  series: null,
  slot: null,
  ordinal: null,
  follows: null,
  skipped_at: null,
  recurrence: null,
};
