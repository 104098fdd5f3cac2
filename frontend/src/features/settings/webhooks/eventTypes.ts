/** What can be heard of, by what it is about. A kind as a whole is "task.*". */
import * as say from "./words";

const CHANGES = "created updated deleted restored";

export const kinds: readonly { kind: string; about: string; types: readonly string[] }[] = [
  ["task", say.tasks, "created updated completed reopened recurred deleted restored"],
  ["series", say.recurringTasks, CHANGES],
  ["list", say.lists, CHANGES],
  ["tag", say.tags, CHANGES],
  ["filter", say.savedFilters, CHANGES],
  ["comment", say.comments, CHANGES],
  ["reminder", say.reminders, "scheduled due snoozed"],
  ["notification", say.notifications, "created read"],
  ["chat", say.chat, "message cleared"],
  ["preferences", say.preferences, "changed"],
  [
    "user",
    say.yourAccount,
    "registered logged_in logged_out profile_changed password_changed password_reset_requested second_factor_changed identity_changed token_created token_revoked push_subscribed push_unsubscribed webhook_created webhook_changed webhook_disabled webhook_deleted deleted",
  ],
].map(([kind = "", about = "", types = ""]) => ({ kind, about, types: types.split(" ").map((type) => `${kind}.${type}`) }));

/** "task.password_changed": "password changed". */
export const typeInWords = (type: string): string => type.slice(type.indexOf(".") + 1).replaceAll("_", " ");

/** None: everything. */
export function typesInWords(types: readonly string[]): string {
  if (types.length === 0) return say.everything;
  return types.map((type) => (type.endsWith(".*") ? say.allAbout(aboutOf(type)) : type)).join(", ");
}

const aboutOf = (type: string): string => kinds.find(({ kind }) => type === `${kind}.*`)?.about ?? type;

/** A kind as a whole makes its single types needless; what is not known here stays as it is. */
export function tidied(types: readonly string[]): string[] {
  return types.filter((type) => type.endsWith(".*") || !types.includes(`${type.slice(0, type.indexOf("."))}.*`));
}
