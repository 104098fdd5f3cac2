/** What somebody typed for a date, as the server's own quick add understands it. */
import type { Answer } from "../api/client";
import type { TaskPatch } from "../api/types";
import * as say from "./words";

export type Parsed = Answer<"post", "/api/quick-add/parse">;

/** A text that is nothing but a date would be read as a title; behind a word of our own it is read as a date. */
const WORD = say.task;

export const asQuickAdd = (typed: string): string => `${WORD} ${typed.trim()}`;

export interface Understood {
  due: string;
  recurrence: { rule: string; kind: "fixed" | "after_completion" } | null;
  /** What was not understood, or has nothing to do with when. */
  rest: string;
}

export function understoodOf(parsed: Parsed, typed: string): Understood | null {
  if (parsed.due_date === null) return null;
  const other = parsed.spans.filter(({ kind }) => !["date", "time", "repeat"].includes(kind)).map(({ text }) => text);
  const title = parsed.title.startsWith(WORD) ? parsed.title.slice(WORD.length).trim() : typed;
  return {
    due: parsed.due_time === null ? parsed.due_date : `${parsed.due_date}T${parsed.due_time}:00`,
    recurrence: parsed.rrule === null ? null : { rule: parsed.rrule, kind: parsed.anchor === "completion" ? "after_completion" : "fixed" },
    rest: [title, ...other].filter((text) => text !== "").join(" "),
  };
}

export const patchOf = ({ due, recurrence }: Understood): TaskPatch => (recurrence === null ? { due } : { due, recurrence });
