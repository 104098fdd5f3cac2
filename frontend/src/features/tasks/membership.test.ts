import { expect, test } from "vitest";
import type { List } from "../../api/types";
import { belongsTo, foundAnew, isOnView, type FoundIds } from "./membership";
import { task } from "./testing";

const since = "2026-11-21T09:00:00Z";
const place = { lists: new Map([["inbox", { id: "inbox", inbox: true, archived: false } as List]]), zone: "UTC", today: "2026-11-21", since };
const found = (ids: string[], left: string[] = []): FoundIds => ({ ids: new Set(ids), left: new Set(left) });
const inbox = { name: "inbox" } as const;
const ticked = task("a", { list: "inbox", status: "done", completed_at: "2026-11-21T09:05:00Z" });
const finishedBefore = task("a", { list: "inbox", status: "done", completed_at: "2026-11-20T09:05:00Z" });

test("a task that a filter found stays where it was when it is ticked there", () => {
  const afterwards = foundAnew(["b"], found(["a", "b"]));

  expect(belongsTo(inbox, place, afterwards)(ticked)).toBe(true);
  expect(isOnView(ticked, { since, withFinished: false, found: afterwards })).toBe(true);
  expect(belongsTo({ name: "filter", id: "f" }, place, afterwards)(ticked)).toBe(true);
});

test("what a filter does not find any more goes, unless it was finished here", () => {
  const afterwards = foundAnew(["b"], found(["a", "b"]));

  expect(belongsTo(inbox, place, afterwards)(task("a", { list: "inbox" }))).toBe(false);
  expect(belongsTo(inbox, place, afterwards)(finishedBefore)).toBe(false);
});

test("what was found twice ago is remembered, too", () => {
  const afterwards = foundAnew([], foundAnew(["b"], found(["a", "b"])));

  expect(belongsTo(inbox, place, afterwards)(ticked)).toBe(true);
});

test("what a filter finds of finished tasks is on the view, though it shows no others", () => {
  expect(isOnView(finishedBefore, { since, withFinished: false, found: found(["a"]) })).toBe(true);
  expect(isOnView(finishedBefore, { since, withFinished: false, found: found([], ["a"]) })).toBe(false);
  expect(isOnView(finishedBefore, { since, withFinished: false, found: null })).toBe(false);
  expect(isOnView(finishedBefore, { since, withFinished: true, found: null })).toBe(true);
});
