import { describe, expect, test } from "vitest";
import { given, meant } from "./place";
import type { Parsed } from "./reading";

const names = {
  lists: [
    { id: "inbox", name: "Inbox" },
    { id: "home", name: "Home" },
    { id: "work", name: "Work" },
  ],
  tags: [{ id: "calls", name: "Calls" }],
};
const parsed = (said: Partial<Parsed>): Parsed => ({
  title: "Call Ann", due_date: null, due_time: null, rrule: null, anchor: null, next: null, priority: null, hash: [], tags: [], reminders: [], spans: [], ...said,
});

describe("what is not said", () => {
  test("is as the place has it", () => {
    expect(given({ list: "home" })).toEqual({ list: "home" });
    expect(given({ tag: "calls", day: "2026-11-21" })).toEqual({ tags: ["calls"], due: "2026-11-21" });
    expect(meant(parsed({}), { list: "home", tag: "calls", day: "2026-11-21", parent: "p" }, names)).toMatchObject({
      list: "home", tags: ["calls"], due: "2026-11-21", parent: "p", priority: "none",
    });
  });

  test("is the Inbox where there is no place", () => {
    expect(meant(parsed({}), {}, names)).toMatchObject({ list: null, tags: [], due: null, parent: null });
  });
});

describe("what is said", () => {
  test("goes before the place", () => {
    const said = parsed({ due_date: "2026-11-27", due_time: "09:00", hash: ["work"], priority: "high" });

    expect(meant(said, { list: "home", day: "2026-11-21" }, names)).toMatchObject({ list: "work", due: "2026-11-27T09:00:00", priority: "high" });
  });

  test("with # is a list, or else a tag; and a tag comes to those of the place", () => {
    expect(meant(parsed({ hash: ["HOME", "calls"] }), {}, names)).toMatchObject({ list: "home", tags: ["calls"], newTags: [] });
    expect(meant(parsed({ hash: ["garden"], tags: ["Garden", "calls"] }), { tag: "t" }, names)).toMatchObject({ tags: ["t", "calls"], newTags: ["Garden"] });
  });

  test("of two lists is one too many", () => {
    expect(meant(parsed({ hash: ["home", "work"] }), {}, names).tooManyLists).toEqual(["Home", "Work"]);
  });
});
