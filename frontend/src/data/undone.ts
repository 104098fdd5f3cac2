/** What taking something back comes to, where that is plain: fields that are as they were left are as they were before. */
import type { Entry } from "../api/types";
import { set } from "./deeds";
import { isFinished, type Effect, type Known } from "./shapes";

type Changed = "task" | "list" | "tag" | "filter";
type Fields = Record<string, unknown>;

/** What nothing else hangs on: no other thing, nor where anything is. */
const PLAIN: Record<Changed, readonly string[]> = {
  task: ["title", "notes", "status", "completed_at", "priority", "due", "due_at", "zone", "start", "tags", "reminders", "position"],
  list: ["name", "color", "archived", "position"],
  tag: ["name", "color"],
  filter: ["name", "query", "color", "position"],
};
/** The server's alone, or made of others. */
const APART = ["version", "updated_at"];
const DERIVED = ["due_at"];
/** Events beside those that say what became different. */
const BESIDE = ["reminder.scheduled", "reminder.snoozed"];

/** `told`: what is known of one operation. Nothing, if any of it is more than plain or was changed since, which is refused. */
export function undone(told: readonly Entry[], known: Known): Effect[] {
  const done = new Map<string, { kind: Changed; id: string; was: Fields; left: Fields }>();
  for (const { type, subject, changes } of [...told].sort((one, other) => one.sequence - other.sequence)) {
    if (BESIDE.includes(type)) continue;
    const [kind = "", id = ""] = subject.split("/");
    if (!/\.(updated|completed)$/.test(type) || !isChanged(kind) || changes === null) return [];
    const deed = done.get(subject) ?? { kind, id, was: {}, left: {} };
    done.set(subject, deed);
    for (const [field, [before, after]] of Object.entries(changes)) {
      if (APART.includes(field)) continue;
      if (!PLAIN[kind].includes(field)) return [];
      deed.was = { [field]: before, ...deed.was };
      deed.left[field] = after;
    }
  }
  const held = [...done.values()].flatMap(({ kind, id, ...fields }) => {
    const now = known[kind].get(id) as Fields | undefined;
    return now === undefined ? [] : [{ kind, id, now, ...fields }];
  });
  const isPlain = held.every(({ now, was, left }) => isAsLeft(now, left) && now.series == null && wasOpen(was) && hasTags(was, known));
  return isPlain ? held.map(({ kind, id, was }) => set(kind, id, was)) : [];
}

const isChanged = (kind: string): kind is Changed => kind in PLAIN;

const isAsLeft = (now: Fields, left: Fields): boolean =>
  Object.entries(left).every(([field, value]) => DERIVED.includes(field) || JSON.stringify(now[field]) === JSON.stringify(value));

/** What is finished again may have something open below it. */
const wasOpen = ({ status }: Fields): boolean => status === undefined || !isFinished({ status } as Parameters<typeof isFinished>[0]);

const hasTags = ({ tags = [] }: Fields, known: Known): boolean => (tags as string[]).every((tag) => known.tag.has(tag));
