/** What a notification says: in a line, and beside it in a few words. */
import type { Notification } from "../../api/types";
import type { Person } from "../../data/DataContext";
import { wallClock } from "../../data/days";
import { instantOf } from "../../data/instants";
import { ageInWords, countInWords, dueInWords, spanInWords } from "../../ui/inWords";
import { isLate } from "./told";

export type Noticed = Notification["tasks"][number];

export function headline({ kind, tasks, total, webhook }: Notification, { locale }: Person): string {
  if (kind === "digest") return `${countInWords(total, "task", locale)} due today`;
  if (kind === "overdue") return `${countInWords(total, "task", locale)} overdue`;
  if (kind === "webhook") return `The webhook to ${webhook?.host ?? "your server"} is switched off`;
  return total === 1 ? (tasks[0]?.title ?? "A reminder") : countInWords(total, "reminder", locale);
}

export function whenInWords(told: Notification, { locale, now }: Person): string {
  const age = ageInWords(told.created_at, now(), locale);
  return isLate(told) ? `${age}, ${spanInWords(told.late, locale)} late` : age;
}

export function whyInWords({ webhook }: Notification): string | null {
  if (webhook === undefined) return null;
  return webhook.disabled === "gone" ? "It says that it is gone for good." : "Nothing has arrived there for more than a day.";
}

/** When it is due, where its person is; null where it is not. */
export function dueOf({ due, zone }: Noticed, person: Person): string | null {
  if (due === null) return null;
  const here = zone === null || zone === person.zone || !due.includes("T") ? due : wallClock(instantOf(due.slice(0, 16), zone), person.zone);
  const [day = due, time] = here.split("T");
  return `Due ${dueInWords(day, time?.slice(0, 5) ?? null, person.today, person.locale)}`;
}
