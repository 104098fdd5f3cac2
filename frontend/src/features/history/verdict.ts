import type { Answer } from "../../api/client";
import { dayAt } from "../../data/days";
import { dateInWords, numberInWords } from "../../ui/inWords";
import type { Reader } from "./inWords";

export type Verdict = Answer<"get", "/api/activity/verify">;

/** Whether the history is whole, in a sentence or two. */
export function verdictInWords({ ok, entries = 0, removed, first_bad }: Verdict, { zone, today, locale }: Reader): string {
  if (!ok) {
    const bad = first_bad === undefined ? "The history" : `Entry ${numberInWords(first_bad.sequence, locale)}`;
    return `${bad} is not as it was written${first_bad === undefined ? "" : `: ${first_bad.reason}`}. Nothing after it can be trusted.`;
  }
  const whole =
    entries === 0 ? "There is nothing to check yet." : entries === 1 ? "The one entry is as it was written." : `All ${numberInWords(entries, locale)} entries are as they were written.`;
  return removed === undefined ? whole : `${whole} What was before ${dateInWords(dayAt(new Date(removed.ends_at), zone), today, locale)} has been removed as too old.`;
}
