import { describe, expect, test } from "vitest";
import { namingAt, suggestions, written } from "./naming";

const lists = [
  { id: "l1", name: "Inbox", color: null },
  { id: "l2", name: "Home office", color: "#3b82f6" },
  { id: "l3", name: "Office party", color: null },
];
const tags = [
  { id: "t1", name: "off-grid", color: null },
  { id: "t2", name: "phone", color: null },
];
const names = (sign: "#" | "@", typed: string) => suggestions({ sign, typed }, lists, tags).map(({ kind, name }) => `${kind} ${name}`);

describe("a name that is being typed", () => {
  test("begins with its sign, where a word may begin", () => {
    expect(namingAt("buy milk #ho", 12)).toEqual({ sign: "#", start: 9, end: 12, typed: "ho" });
    expect(namingAt("buy milk @", 10)).toEqual({ sign: "@", start: 9, end: 10, typed: "" });
    expect(namingAt("write to a@b", 12)).toBeNull();
    expect(namingAt("issue #12", 9)).toBeNull();
    expect(namingAt("buy milk #home ", 15)).toBeNull();
  });

  test("reaches behind the caret, and over spaces in quotes", () => {
    expect(namingAt("a #hoxx b", 5)).toEqual({ sign: "#", start: 2, end: 7, typed: "ho" });
    expect(namingAt('a #"home of', 11)).toEqual({ sign: "#", start: 2, end: 11, typed: "home of" });
    expect(namingAt('a #"home of" b', 8)).toEqual({ sign: "#", start: 2, end: 12, typed: "home" });
  });
});

describe("what may be meant", () => {
  test("is a list for #, its beginning before another of its words", () => {
    expect(names("#", "of")).toEqual(["list Office party", "list Home office", "tag off-grid", "new tag of"]);
  });

  test("is all lists, and no tag, when nothing is typed yet", () => {
    expect(names("#", "")).toEqual(["list Inbox", "list Home office", "list Office party"]);
  });

  test("is a tag for @, or a new one unless there is one called so", () => {
    expect(names("@", "ph")).toEqual(["tag phone", "new tag ph"]);
    expect(names("@", "Phone")).toEqual(["tag phone"]);
    expect(names("@", "errand")).toEqual([]);
  });
});

test("a name of several words is written in quotes", () => {
  expect(written("#", "Home office")).toBe('#"Home office"');
  expect(written("@", "büro_2-a")).toBe("@büro_2-a");
  expect(written("@", "2nd")).toBe('@"2nd"');
});
