/** What was done to a task, in words. */
import type { Entry, Priority, Reminder, Status } from "../../api/types";
import { localInWords } from "../../ui/dateInWords";
import { reminderInWords } from "./reminderInWords";
import type { Reader } from "./when";

/** What ids are called. */
export interface Names {
  list: (id: string) => string;
  tag: (id: string) => string;
  task: (id: string) => string;
}

export interface Difference {
  what: string;
  before: string;
  after: string;
}

const deeds: Record<string, string> = {
  "task.created": "Created",
  "task.updated": "Changed",
  "task.completed": "Completed",
  "task.reopened": "Opened again",
  "task.deleted": "Deleted",
  "task.restored": "Restored",
  "task.recurred": "Came as the next occurrence",
  "series.created": "Repeats from here on",
  "series.updated": "Changed how it repeats",
  "series.deleted": "Stopped repeating",
  "series.restored": "Repeats again",
  "comment.created": "Commented",
  "comment.updated": "Changed a comment",
  "comment.deleted": "Deleted a comment",
  "comment.restored": "Restored a comment",
  "reminder.due": "Reminded",
  "reminder.snoozed": "Snoozed a reminder",
};

/** What is only how something works is not told: that it will be reminded of, that a notification was read. */
export const isTold = ({ type }: Entry): boolean => type in deeds;

export const isUndoable = ({ type }: Entry): boolean => /^(task|series|comment)\./.test(type);

export function deedInWords(entry: Entry): string {
  if (entry.type === "task.updated") {
    const fields = Object.keys(entry.changes ?? {});
    if (fields.length === 1 && fields[0] === "position") return "Moved";
    if (entry.changes?.skipped_at?.[1] != null) return "Skipped";
  }
  return deeds[entry.type] ?? entry.type;
}

export function whoInWords({ actor }: Entry): string {
  switch (actor?.via) {
    case "web":
      return "you";
    case "api":
      return actor.token_name ?? "the API";
    case "chat":
      return "the chat";
    case "mcp":
      return actor.token_name ?? "an agent";
    default:
      return "Taskora";
  }
}

const priorities: Record<Priority, string> = { none: "none", low: "low", medium: "medium", high: "high", urgent: "urgent" };
const statuses: Record<Status, string> = { todo: "to do", in_progress: "in progress", done: "done", cancelled: "cancelled" };
const states: Record<string, string> = { active: "active", paused: "paused", ended: "ended" };

const EXCERPT = 80;
const excerpt = (text: string) => (text === "" ? "empty" : `“${text.length > EXCERPT ? `${text.slice(0, EXCERPT)}…` : text}”`);
const joined = (words: readonly string[]) => (words.length === 0 ? "none" : words.join(", "));

type Says = (value: unknown, names: Names, reader: Reader) => string;

const orNone = (says: (text: string, names: Names, reader: Reader) => string): Says =>
  (value, names, reader) => (typeof value === "string" ? says(value, names, reader) : "none");

/** The fields that mean something to a person, in the order in which they are told. */
const fields: Record<string, [string, Says]> = {
  title: ["Title", (value) => excerpt(value as string)],
  notes: ["Notes", (value) => excerpt(value as string)],
  text: ["Comment", (value) => excerpt(value as string)],
  status: ["Status", (value) => statuses[value as Status]],
  priority: ["Priority", (value) => priorities[value as Priority]],
  due: ["Due", orNone((due, _, reader) => localInWords(due, reader))],
  zone: ["Zone", (value) => (typeof value === "string" ? value : "wherever you are")],
  start: ["Start", orNone((day, _, reader) => localInWords(day, reader))],
  list: ["List", orNone((id, names) => names.list(id))],
  parent: ["Part of", orNone((id, names) => `“${names.task(id)}”`)],
  tags: ["Tags", (value, names) => joined((value as string[]).map((id) => names.tag(id)))],
  reminders: ["Reminders", (value, _, reader) => joined((value as Reminder[]).map((reminder) => reminderInWords(reminder, reader)))],
  recurrence: ["Repeats", (value) => (value === null ? "no" : "yes")],
  state: ["Series", (value) => states[value as string] ?? "none"],
};

/** One field's value, with the field's name: "Due: Tomorrow, 09:00". */
export function valueInWords(field: string, value: unknown, names: Names, reader: Reader): string {
  const known = fields[field];
  return known === undefined ? field : `${known[0]}: ${known[1](value, names, reader)}`;
}

export function differencesOf({ type, changes }: Entry, names: Names, reader: Reader): Difference[] {
  if (changes === null || type.endsWith(".created") || type.endsWith(".deleted") || type.endsWith(".restored")) return [];
  return Object.entries(fields).flatMap(([field, [what, says]]) => {
    const change = changes[field];
    if (change === undefined) return [];
    const [before, after] = [says(change[0], names, reader), says(change[1], names, reader)];
    return before === after ? [] : [{ what, before, after }];
  });
}
