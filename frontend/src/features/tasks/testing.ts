import type { Task } from "../../api/types";

const plain: Omit<Task, "id" | "title"> = {
  notes: "",
  status: "todo",
  priority: "none",
  due: null,
  zone: null,
  due_at: null,
  start: null,
  list: "home",
  parent: null,
  tags: [],
  position: "a0",
  created_at: "2026-11-20T08:00:00Z",
  updated_at: "2026-11-20T08:00:00Z",
  completed_at: null,
  version: 1,
  series: null,
  slot: null,
  ordinal: null,
  follows: null,
  skipped_at: null,
  recurrence: null,
  reminders: [],
};

/** A task that is called by its id. */
export const task = (id: string, fields: Partial<Task> = {}): Task => ({ ...plain, id, title: id, ...fields });
