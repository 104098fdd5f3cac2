import { describe, expect, test } from "vitest";
import { completionsAt } from "./completion";
import { partsOf, termsOf, written } from "./language";

const lists = [
  { id: "l1", name: "Inbox", color: null },
  { id: "l2", name: "Work", color: null },
  { id: "l3", name: "R&D, new", color: null },
];
const tags = [{ id: "t1", name: "waiting", color: null }];

/** `|` is where the caret is; what the text becomes with each completion. */
const becomes = (text: string, caret = text.length) =>
  completionsAt(text, caret, lists, tags).map(({ start, end, insert }) => text.slice(0, start) + insert + text.slice(end));

describe("the parts of a filter", () => {
  test("are terms between signs, with names that may have spaces", () => {
    expect(termsOf("(today | overdue) & #Home office & !@waiting").map(({ text }) => text)).toEqual(["today", "overdue", "#Home office", "@waiting"]);
  });

  test("end where quotes and backslashes say", () => {
    expect(termsOf('#"R&D, new" & #R\\&D, search: "a | b"').map(({ text }) => text)).toEqual(['#"R&D, new"', "#R\\&D", 'search: "a | b"']);
  });

  test("say what they are", () => {
    const text = "!p1 & due before: friday | #Work & tody";
    expect(partsOf(text).map(({ start, end, kind }) => `${kind} ${text.slice(start, end)}`)).toEqual([
      "sign !", "word p1", "sign &", "field due before:", "sign |", "list #Work", "sign &",
    ]);
  });
});

describe("a completion", () => {
  test("starts with what is asked for most", () => {
    expect(becomes("")).toContain("today ");
    expect(becomes("today & ")).toContain("today & #");
    expect(becomes("today & (")).toContain("today & (overdue ");
  });

  test("ends what has been begun", () => {
    expect(becomes("overd")).toEqual(["overdue "]);
    expect(becomes("today & !rec")).toEqual(["today & !recurring "]);
    expect(becomes("no d")).toEqual(["no date "]);
    expect(becomes("DUE BE")).toEqual(["due before: "]);
  });

  test("is of names that are held, written so that they end there", () => {
    expect(becomes("p1 & #w")).toEqual(["p1 & #Work "]);
    expect(becomes("#r")).toEqual(['#"R&D, new" ']);
    expect(becomes("@")).toEqual(["@waiting "]);
    expect(becomes("#wor & p1", 4)).toEqual(["#Work  & p1"]);
  });

  test("goes on behind what is whole", () => {
    expect(becomes("today ")).toEqual(["today & ", "today | "]);
    expect(becomes("(today ")).toContain("(today ) ");
    expect(becomes("#Work ")).toEqual(["#Work & ", "#Work | "]);
  });

  test("is of days behind a field, and of nothing behind a search", () => {
    expect(becomes("due before: to")).toEqual(["due before: today ", "due before: tomorrow "]);
    expect(becomes("search: to")).toEqual([]);
  });
});

test("a name with signs is written so that it is read as one", () => {
  expect(written("#", "Work")).toBe("#Work");
  expect(written("#", "R&D")).toBe('#"R&D"');
  expect(written("@", 'the "big" one')).toBe('@the \\"big\\" one');
});
