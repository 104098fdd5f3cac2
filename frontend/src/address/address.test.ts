import { describe, expect, test } from "vitest";
import { shortened, whole } from "./longAddress";
import { changed, paramsOf, searchOf } from "./params";
import { pathOf, viewAt, type View } from "./views";

describe("a view", () => {
  const views: View[] = [
    { name: "today" },
    { name: "search" },
    { name: "list", id: "1" },
    { name: "tag", id: "a/b %" },
    { name: "calendar", month: null },
    { name: "calendar", month: "2026-11" },
    { name: "settings", section: "tokens" },
  ];
  test.each(views)("is found again at its path: $name", (view) => {
    expect(viewAt(pathOf(view))).toEqual(view);
  });

  test("may end in a slash", () => {
    expect(viewAt("/today/")).toEqual({ name: "today" });
  });

  test.each(["/nowhere", "/list", "/today/1", "/calendar/2026-13", "/list/1/2", "/list/%", "/"])("is not at %s", (path) => {
    expect(viewAt(path)).toEqual({ name: "unknown" });
  });
});

describe("params", () => {
  test("are found again in the address they make", () => {
    const params = { task: "1", sel: ["1", "2"], q: "due: today & #Home", sort: "-priority,due", layout: "board", done: true, day: "2026-11-21" } as const;
    expect(paramsOf(searchOf(params))).toEqual(params);
  });

  test("stay readable", () => {
    expect(searchOf({ sel: ["1", "2"], q: "p:1", sort: "-priority,due", done: true })).toBe("?sel=1,2&q=p:1&sort=-priority,due&done=1");
    expect(searchOf({})).toBe("");
  });

  test("that mean nothing are dropped", () => {
    expect(paramsOf("?sort=<b>&layout=pie&done=yes&day=tomorrow&sel=,&task=&other=1")).toEqual({});
  });

  test("keep a search that looks like a number", () => {
    expect(paramsOf("?q=42")).toEqual({ q: "42" });
  });

  test("change one by one, and go", () => {
    expect(changed({ task: "1", q: "milk" }, { task: null, done: true })).toEqual({ q: "milk", done: true });
  });
});

describe("an address", () => {
  const many = Array.from({ length: 1_000 }, (_, number) => `01935d3e-0000-7000-8000-${String(number).padStart(12, "0")}`);

  test("of a few selected tasks stays as it is", () => {
    expect(shortened("/today?sel=1,2&q=milk")).toBe("/today?sel=1,2&q=milk");
  });

  test("of very many says them where no server reads them, and means the same", () => {
    const { pathname, search, hash } = new URL(shortened(`/tag/a%2Fb${searchOf({ task: "1", sel: many, q: "due: today & #Home" })}`), "http://taskora.test");

    expect(pathname + search).toBe("/tag/a%2Fb?task=1&q=due:%20today%20%26%20%23Home");
    const meant = whole({ pathname, search, hash });
    expect(meant.pathname).toBe("/tag/a%2Fb");
    expect(paramsOf(meant.search)).toEqual({ task: "1", sel: many, q: "due: today & #Home" });
    expect(meant.hash).toBe("");
  });

  test("is left alone where something else stands behind the hash", () => {
    expect(whole({ pathname: "/today", search: "?q=milk", hash: "#main" })).toEqual({ pathname: "/today", search: "?q=milk", hash: "#main" });
  });
});
