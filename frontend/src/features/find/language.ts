/** The filter language as far as the page needs it while somebody types; what it means is the server's to say. */
export type PartKind = "sign" | "list" | "tag" | "field" | "word";

export interface Part {
  start: number;
  end: number;
  kind: PartKind;
}

/** What stands between two signs, without the spaces around it. */
export interface Term {
  start: number;
  end: number;
  text: string;
}

const SIGNS = "&|(),";
export const FIELD = /^(?:(?:due|date|start|created|added|updated|changed|completed)(?: before| after)?|search) ?: ?/iu;

export const WORDS = [
  ...["today", "tomorrow", "overdue", "7 days", "this week", "next week", "no date", "no time", "no start"],
  ...["p1", "p2", "p3", "p4", "no priority", "no tags", "recurring", "has reminder", "no reminder", "subtask", "no parent"],
  ...["open", "todo", "in progress", "done", "cancelled", "any status", "all", "yesterday", "this month", "next month"],
  ...["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
];
const KNOWN = new Set([...WORDS, "view all", "over due", "od", "no due date", "no start date", "no labels", "has reminders", "no reminders", "to do", "in_progress", "completed", "canceled"]);

export function termsOf(text: string): Term[] {
  return read(text).terms;
}

/** Where its signs stand. */
export function signsOf(text: string): number[] {
  return read(text).signs;
}

export function partsOf(text: string): Part[] {
  const { terms, signs } = read(text);
  const named = terms.flatMap(({ start, end, text: term }): Part[] => {
    if (term.startsWith("#")) return [{ start, end, kind: "list" }];
    if (term.startsWith("@")) return [{ start, end, kind: "tag" }];
    const field = FIELD.exec(term);
    if (field !== null) return [{ start, end: start + field[0].trimEnd().length, kind: "field" }];
    return KNOWN.has(plain(term)) ? [{ start, end, kind: "word" }] : [];
  });
  return [...named, ...signs.map((at): Part => ({ start: at, end: at + 1, kind: "sign" }))].sort((one, other) => one.start - other.start);
}

export const plain = (text: string): string => text.trim().replace(/\s+/gu, " ").toLowerCase();

function read(text: string): { terms: Term[]; signs: number[] } {
  const terms: Term[] = [];
  const signs: number[] = [];
  let at = 0;
  while (at < text.length) {
    const sign = text.charAt(at);
    if (SIGNS.includes(sign) || sign === "!") signs.push(at++);
    else if (sign.trim() === "") at++;
    else {
      const end = endOfTerm(text, at);
      const term = text.slice(at, end).trimEnd();
      terms.push({ start: at, end: at + term.length, text: term });
      at = end;
    }
  }
  return { terms, signs };
}

/** A backslash takes a sign as it is, and so do quotes where a name begins. */
function endOfTerm(text: string, start: number): number {
  let at = start;
  while (at < text.length && !SIGNS.includes(text.charAt(at))) {
    const closing = text.charAt(at) === '"' && /[#@:]\s*$/u.test(text.slice(start, at)) ? text.indexOf('"', at + 1) : -1;
    at = closing > 0 ? closing + 1 : at + (text.charAt(at) === "\\" ? 2 : 1);
  }
  return Math.min(at, text.length);
}

/** A name so that it ends where it ends. */
export function written(sign: "#" | "@", name: string): string {
  if (!/[&|(),"\\*]|^[#@\s]/u.test(name)) return sign + name;
  return name.includes('"') ? sign + name.replace(/[&|(),"\\*#@]/gu, "\\$&") : `${sign}"${name}"`;
}
