/** What is understood of a quick add, in words. */
import { dateInWords, dueInWords, timeInWords } from "../../ui/words";
import type { Parsed } from "./reading";

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
  if (said.kind === "before") return said.minutes === 0 ? "when it is due" : `${lengthInWords(Math.abs(said.minutes))} ${said.minutes > 0 ? "before" : "after"}`;
  const days = said.days === 0 ? "on the day" : `${counted(said.days, "day")} before`;
  return said.at === null ? days : `${days} at ${timeInWords(said.at, locale)}`;
}

function lengthInWords(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return [hours > 0 ? counted(hours, "hour") : "", rest > 0 ? counted(rest, "minute") : ""].filter((part) => part !== "").join(" ");
}

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? "" : "s"}`;

/** How it repeats, as it was typed, and when that is next. */
export function repeatInWords({ spans, next, anchor }: Pick<Parsed, "spans" | "next" | "anchor">, { today, locale }: Person): string {
  const typed = spans.filter(({ kind }) => kind === "repeat").map(({ text }) => text).join(" ");
  if (anchor === "completion") return `${typed}, from when it is done`;
  const coming = (next ?? []).slice(1, 4).map((at) => dateInWords(at.slice(0, 10), today, locale));
  return coming.length === 0 ? typed : `${typed}, then ${coming.join(", ")}`;
}
