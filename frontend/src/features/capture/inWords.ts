/** What is understood of a quick add, in words. */
import { daysBeforeInWords, minutesBeforeInWords } from "../../ui/beforeInWords";
import { dateInWords, dueInWords, timeInWords } from "../../ui/inWords";
import type { Parsed } from "./reading";
import * as say from "./words";

interface Person {
  today: string;
  locale: string;
}

type Said = Parsed["reminders"][number];

export function reminderInWords(said: Said, { today, locale }: Person): string {
  if (said.kind === "absolute") {
    const [day = "", time = null] = said.at.split("T");
    return dueInWords(day, time, today, locale);
  }
  if (said.kind === "before") return minutesBeforeInWords(said.minutes, locale);
  return daysBeforeInWords(said.days, said.at, locale);
}

/** How it repeats, as it was typed, and when that is next. */
export function repeatInWords({ spans, next, anchor }: Pick<Parsed, "spans" | "next" | "anchor">, { today, locale }: Person): string {
  const typed = spans.filter(({ kind }) => kind === "repeat").map(({ text }) => text).join(" ");
  if (anchor === "completion") return `${typed}, from when it is done`;
  const coming = (next ?? []).slice(1, 4).map((at) => dateInWords(at.slice(0, 10), today, locale));
  return coming.length === 0 ? typed : `${typed}, then ${coming.join(", ")}`;
}

/** "Added to Home (27 Nov, 09:00): “Call Ann”": it may be a place that nobody is looking at. Null is a list that is not known yet. */
export function addedInWords(title: string, list: string | null, due: string | null, { today, locale }: Person): string {
  const [day, time] = due?.split("T") ?? [];
  const when = day === undefined ? null : [dateInWords(day, today, locale), ...(time === undefined ? [] : [timeInWords(time, locale)])].join(", ");
  return say.added(title, list, when);
}
