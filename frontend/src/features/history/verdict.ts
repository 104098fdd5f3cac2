import type { Answer } from "../../api/client";
import { dayAt } from "../../data/days";
import { dateInWords, numberInWords } from "../../ui/inWords";
import type { Reader } from "./inWords";
import * as say from "./words";

export type Verdict = Answer<"get", "/api/activity/verify">;

/** Whether the history is whole, in a sentence or two. */
export function verdictInWords({ ok, entries = 0, removed, first_bad }: Verdict, { zone, today, locale }: Reader): string {
  if (!ok) return first_bad === undefined ? say.historyIsBroken : say.entryIsBroken(numberInWords(first_bad.sequence, locale), first_bad.reason);
  const whole = entries === 0 ? say.nothingToCheck : entries === 1 ? say.oneEntryIsWhole : say.allEntriesAreWhole(numberInWords(entries, locale));
  return removed === undefined ? whole : say.withoutWhatIsTooOld(whole, dateInWords(dayAt(new Date(removed.ends_at), zone), today, locale));
}
