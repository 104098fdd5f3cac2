/** What was done, by whom, and what became different: an entry of the history as a person reads it. */
import type { Entry, Priority, Status } from "../../api/types";
import { dayAt, wallClock, type Clock } from "../../data/days";
import { countInWords, dateInWords, dueInWords, timeInWords } from "../../ui/inWords";

export interface Reader extends Clock {
  locale: string;
}

/** What ids are called, as far as it is known. */
export interface Names {
  list: (id: string) => string | null;
  tag: (id: string) => string | null;
  task: (id: string) => string | null;
}

const deeds: Record<string, string> = {
  "task.created": "Added",
  "task.updated": "Changed",
  "task.completed": "Completed",
  "task.reopened": "Reopened",
  "task.deleted": "Deleted",
  "task.restored": "Restored",
  "task.recurred": "Brought the next occurrence of",
  "series.created": "Made it repeat:",
  "series.updated": "Changed the repeating of",
  "series.deleted": "Ended the repeating of",
  "series.restored": "Brought back the repeating of",
  "list.created": "Added the list",
  "list.updated": "Changed the list",
  "list.deleted": "Deleted the list",
  "list.restored": "Restored the list",
  "tag.created": "Added the tag",
  "tag.updated": "Changed the tag",
  "tag.deleted": "Deleted the tag",
  "tag.restored": "Restored the tag",
  "filter.created": "Saved the filter",
  "filter.updated": "Changed the filter",
  "filter.deleted": "Deleted the filter",
  "filter.restored": "Restored the filter",
  "comment.created": "Commented",
  "comment.updated": "Changed the comment",
  "comment.deleted": "Deleted the comment",
  "comment.restored": "Restored the comment",
  "reminder.scheduled": "Made ready to remind of",
  "reminder.due": "Reminded of",
  "reminder.snoozed": "Snoozed the reminder of",
  "notification.created": "Told you of",
  "notification.read": "Saw the notification of",
  "preferences.changed": "Changed how to be told of things",
  "user.registered": "Made the account",
  "user.logged_in": "Logged in",
  "user.logged_out": "Logged out",
  "user.profile_changed": "Changed the profile",
  "user.password_changed": "Changed the password",
  "user.password_reset_requested": "Asked for a new password by e-mail",
  "user.token_created": "Made an API token",
  "user.token_revoked": "Revoked an API token",
  "user.second_factor_changed": "Changed logging in with a code",
  "user.identity_changed": "Changed signing in with a provider",
  "user.push_subscribed": "Let a browser be told things",
  "user.push_unsubscribed": "Let a browser be told nothing more",
  "user.webhook_created": "Added a webhook",
  "user.webhook_changed": "Changed a webhook",
  "user.webhook_disabled": "Switched off a webhook that nothing gets through to",
  "user.webhook_deleted": "Deleted a webhook",
  "chat.message": "Spoke with the chat",
  "chat.cleared": "Cleared the chat",
};

/** What somebody looks for: all of a kind, or one thing that was done. */
export const kinds: readonly { name: string; kind: string; deeds: readonly [type: string, words: string][] }[] = [
  {
    name: "Tasks",
    kind: "task.*",
    deeds: [
      ["task.created", "Added"],
      ["task.updated", "Changed"],
      ["task.completed", "Completed"],
      ["task.reopened", "Reopened"],
      ["task.deleted", "Deleted"],
      ["task.restored", "Restored"],
      ["task.recurred", "Recurred"],
    ],
  },
  { name: "Repeating", kind: "series.*", deeds: [] },
  { name: "Lists", kind: "list.*", deeds: [] },
  { name: "Tags", kind: "tag.*", deeds: [] },
  { name: "Filters", kind: "filter.*", deeds: [] },
  { name: "Comments", kind: "comment.*", deeds: [] },
  { name: "Reminders", kind: "reminder.*", deeds: [] },
  { name: "Notifications", kind: "notification.*", deeds: [] },
  { name: "Account", kind: "user.*", deeds: [] },
  { name: "Chat", kind: "chat.*", deeds: [] },
];

/** The deed, and what it was done to in quotation marks. */
export function deedInWords({ type, title, changes, tasks, missed }: Entry, names: Names, { locale }: Pick<Reader, "locale">): string {
  const skipped = type === "task.updated" && changes?.skipped_at?.[1] != null;
  const moved = type === "task.updated" && changes !== null && Object.keys(changes).join() === "position";
  const deed = skipped ? "Skipped" : moved ? "Moved" : (deeds[type] ?? type);
  const [about] = tasks;
  const ofPerson = /^(user|preferences|chat)\./.test(type); // whose name is theirs
  const called = ofPerson ? null : (title ?? (about === undefined ? null : names.task(about)));
  const gone = missed === null ? "" : ` – ${countInWords(missed.count, "occurrence", locale)} missed`;
  return (called === null || called === "" ? deed : `${deed} “${excerpt(called)}”`) + gone;
}

export function whoInWords({ actor }: Entry): string {
  const token = actor?.token_name ?? null;
  switch (actor?.via) {
    case "web":
      return "You";
    case "chat":
      return "The chat, for you";
    case "mcp":
      return token === null ? "An assistant" : `An assistant with “${token}”`;
    case "api":
      return token === null ? "A program" : `A program with “${token}”`;
    default:
      return "Taskora";
  }
}

/** The task whose panel shows more of it. */
export function taskOf({ subject, tasks }: Entry): string | null {
  const [kind, id] = subject.split("/");
  return kind === "task" ? (id ?? null) : (tasks[0] ?? null);
}

export const isUndoable = ({ type }: Entry): boolean => /^(task|series|list|tag|filter|comment)\./.test(type);

export interface Difference {
  what: string;
  before: string;
  after: string;
}

/** Of something new or gone everything is different, and so nothing is told. */
export function differencesOf({ type, changes }: Entry, names: Names, reader: Reader): readonly Difference[] {
  if (changes === null || /\.(created|deleted|restored|recurred)$/.test(type)) return [];
  const isSaid = /\.(completed|reopened)$/.test(type); // that its status is another
  return Object.entries(fields).flatMap(([field, [what, says]]) => {
    const change = changes[field];
    if (change === undefined || (isSaid && field === "status")) return [];
    const [before, after] = [says(change[0], names, reader), says(change[1], names, reader)];
    return before === after ? [] : [{ what, before, after }];
  });
}

const EXCERPT = 80;
const excerpt = (text: string): string => (text.length > EXCERPT ? `${text.slice(0, EXCERPT)}…` : text);

const NONE = "nothing";

const statuses: Record<Status, string> = { todo: "to do", in_progress: "in progress", done: "done", cancelled: "cancelled" };
const priorities: Record<Priority, string> = { none: "none", low: "low", medium: "medium", high: "high", urgent: "urgent" };

type Says = (value: unknown, names: Names, reader: Reader) => string;

const text: Says = (value) => (typeof value !== "string" || value === "" ? NONE : `“${excerpt(value)}”`);
const plain: Says = (value) => (value === null || value === undefined || value === "" ? NONE : typeof value === "string" ? value : JSON.stringify(value));
const yes: Says = (value) => (value === true ? "yes" : "no");
const counted = (one: string): Says => (value, _, { locale }) => (Array.isArray(value) && value.length > 0 ? countInWords(value.length, one, locale) : NONE);
const named = (kind: keyof Names): Says => (value, names) => (typeof value === "string" ? (names[kind](value) ?? `a ${kind} that is gone`) : NONE);

const local: Says = (value, _, { today, locale }) => {
  if (typeof value !== "string") return NONE;
  return value.includes("T") ? dueInWords(value.slice(0, 10), value.slice(11, 16), today, locale) : dateInWords(value, today, locale);
};

/** In the order in which they are told. */
const fields: Record<string, [what: string, says: Says]> = {
  title: ["Title", text],
  name: ["Name", text],
  text: ["Text", text],
  notes: ["Notes", text],
  status: ["Status", (value) => statuses[value as Status]],
  priority: ["Priority", (value) => priorities[value as Priority]],
  due: ["Due", local],
  start: ["Start", local],
  zone: ["Time zone", (value) => (typeof value === "string" ? value : "wherever you are")],
  list: ["List", named("list")],
  parent: ["Part of", named("task")],
  tags: ["Tags", (value, names) => (Array.isArray(value) && value.length > 0 ? (value as string[]).map((tag) => names.tag(tag) ?? "a tag that is gone").join(", ") : NONE)],
  reminders: ["Reminders", counted("reminder")],
  recurrence: ["Repeats", (value) => (value === null ? "no" : "yes")],
  rule: ["Rule", plain],
  state: ["Repeating", plain],
  query: ["Filter", text],
  color: ["Colour", plain],
  archived: ["Archived", yes],
  favorite: ["Favourite", yes],
  locale: ["Language", plain],
  week_start: ["Weeks begin on", plain],
  theme: ["Theme", plain],
  email: ["E-mail", plain],
};

/** "09:41", as a clock showed it where the person is. */
export const clockInWords = (moment: string, { zone, locale }: Reader): string => timeInWords(wallClock(new Date(moment), zone).slice(11), locale);

export const dayOfEntry = (moment: string, zone: string): string => dayAt(new Date(moment), zone);
