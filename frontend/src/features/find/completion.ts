import { FIELD, plain, termsOf, WORDS, written } from "./language";
import * as say from "./words";

export interface Completion {
  key: string;
  kind: "list" | "tag" | "word" | "sign";
  shown: string;
  hint: string;
  color: string | null;
  /** What becomes of [start, end) of the text. */
  start: number;
  end: number;
  insert: string;
}

interface Named {
  id: string;
  name: string;
  color: string | null;
}

const MOST = 9;
const FIRST = ["today", "overdue", "7 days", "no date", "p1"];
const DAYS = ["today", "tomorrow", "yesterday", "monday", "friday", "next week", "7 days", "-7 days", "last 7 days", "1 May"];
const FIELDS = ["search: ", "due before: ", "due after: ", "start: ", "start before: ", "created: ", "created before: ", "updated: ", "completed: "];
const HINTS: Record<string, string> = {
  "7 days": say.nextSeven,
  overdue: say.isOverdue,
  p1: say.urgent, p2: say.high, p3: say.medium, p4: say.low,
  "search: ": say.inTitleOrNotes,
  "& ": say.and, "| ": say.or, ")": say.andClose,
};

/** What may come at the caret: the rest of what is being typed, or what goes on behind it. */
export function completionsAt(text: string, caret: number, lists: readonly Named[], tags: readonly Named[]): Completion[] {
  const term = termsOf(text.slice(0, caret)).at(-1);
  const begun = term !== undefined && text.slice(term.end, caret).trim() === "" ? term : undefined;
  const start = begun?.start ?? caret;
  const whole = termsOf(text).find((each) => each.start === start);
  const end = Math.max(caret, whole?.end ?? caret);
  const typed = text.slice(start, caret);
  const at = { start, end };

  if (typed.startsWith("#")) return names("#", "list", typed.slice(1), lists, at);
  if (typed.startsWith("@")) return names("@", "tag", typed.slice(1), tags, at);
  const field = FIELD.exec(typed);
  if (field !== null) {
    return /^search/iu.test(typed) ? [] : words(DAYS, typed.slice(field[0].length), { start: start + field[0].length, end });
  }
  if (begun === undefined) return [...words(FIRST, "", at), sign("#", say.inAList, at), sign("@", say.withATag, at), ...words(["search: "], "", at)];
  const going = words([...WORDS, ...FIELDS], typed, at).filter(({ insert }) => plain(insert) !== plain(typed));
  const behind = { start: caret, end: caret };
  return typed.endsWith(" ") ? [...going, ...goesOn(text, caret, behind)] : going;
}

function goesOn(text: string, caret: number, at: { start: number; end: number }): Completion[] {
  const before = text.slice(0, caret);
  const isOpen = before.split("(").length > before.split(")").length;
  return [sign("& ", say.and, at), sign("| ", say.or, at), ...(isOpen ? [sign(") ", say.andClose, at)] : [])];
}

function names(mark: "#" | "@", kind: "list" | "tag", typed: string, among: readonly Named[], at: { start: number; end: number }): Completion[] {
  const sought = plain(typed.replaceAll(/["\\#]/gu, ""));
  const rank = ({ name }: Named) => (plain(name).startsWith(sought) ? 0 : plain(name).includes(` ${sought}`) ? 1 : 2);
  if (typed.endsWith(" ") && among.some(({ name }) => plain(name) === sought)) {
    return [sign("& ", say.and, { start: at.end, end: at.end }), sign("| ", say.or, { start: at.end, end: at.end })];
  }
  return among
    .map((each) => ({ each, rank: rank(each) }))
    .filter((one) => one.rank < 2)
    .sort((one, other) => one.rank - other.rank)
    .slice(0, MOST)
    .map(({ each: { id, name, color } }) => ({ key: id, kind, shown: name, hint: "", color, ...at, insert: `${written(mark, name)} ` }));
}

function words(among: readonly string[], typed: string, at: { start: number; end: number }): Completion[] {
  const sought = plain(typed);
  return among
    .filter((word) => word.startsWith(sought))
    .slice(0, MOST)
    .map((word) => ({ key: word, kind: "word", shown: word.trim(), hint: HINTS[word] ?? "", color: null, ...at, insert: word.endsWith(" ") ? word : `${word} ` }));
}

const sign = (insert: string, hint: string, at: { start: number; end: number }): Completion => ({
  key: insert, kind: "sign", shown: insert.trim(), hint, color: null, ...at, insert,
});
