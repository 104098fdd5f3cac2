/** Tasks and lists as tests need them: everything plain but for what they are about. */
import type { List, Task } from "../api/types";
import { imagined } from "./plain";

const moment = new Date("2026-11-21T10:00:00Z");

export const INBOX = "11111111-0000-7000-8000-000000000000";

export function aTask(fields: Partial<Task> & { id: string }): Task {
  return { ...imagined({ id: fields.id, title: fields.id }, INBOX, moment), version: 1, ...fields };
}

export function aList(fields: Partial<List> & { id: string }): List {
  const instant = moment.toISOString();
  return { name: fields.id, color: null, position: "a0", archived: false, inbox: false, created_at: instant, updated_at: instant, version: 1, ...fields };
}
