import { expect, test } from "vitest";
import type { Notification } from "../../api/types";
import { noticeActs } from "../../data/noticeActs";
import type { Write } from "../../data/shapes";
import { allOf, allSeen, inOrder, seen, taken, unreadOf, withSeen, type Told } from "./told";

const one = (sequence: number, more: Partial<Notification> = {}): Notification => ({
  id: String(sequence),
  sequence,
  kind: "reminder",
  tasks: [],
  total: 1,
  planned_at: "2026-11-21T08:00:00Z",
  late: 0.1,
  created_at: "2026-11-21T08:00:00Z",
  read_at: null,
  version: 1,
  ...more,
});

const told = (items: Notification[], unread = items.length): Told => ({ pages: [{ items, next: unread > items.length ? "more" : null, unread }], pageParams: [null] });
const READ = "2026-11-21T09:00:00Z";
const now = new Date(READ);

test("a new one comes first and is counted once, however often it is told", () => {
  const once = taken(told([one(1)]), one(2));
  const twice = taken(once, one(2));

  expect(allOf(twice).map(({ sequence }) => sequence)).toEqual([2, 1]);
  expect(unreadOf(twice)).toBe(2);
});

test("of two at almost one time the earlier may come later, and counts as well", () => {
  const both = taken(taken(told([one(1)]), one(3)), one(2));

  expect(allOf(both).map(({ sequence }) => sequence)).toEqual([3, 2, 1]);
  expect(unreadOf(both)).toBe(3);
  expect(allOf(taken(taken(told([]), one(2)), one(1))).map(({ sequence }) => sequence)).toEqual([2, 1]);
});

test("what is read elsewhere is read here, also where it is not shown", () => {
  const shown = taken(told([one(9)], 5), one(9, { read_at: READ, version: 2 }));
  expect([unreadOf(shown), allOf(shown)[0]?.read_at]).toEqual([4, READ]);

  expect(unreadOf(taken(shown, one(3, { read_at: READ, version: 2 })))).toBe(3);
});

test("seen here counts at once, and not again when the server says so", () => {
  const here = seen(told([one(1), one(2)]), "1", now);
  const there = taken(here, one(1, { read_at: READ, version: 2 }));

  expect([unreadOf(here), unreadOf(there)]).toEqual([1, 1]);
  expect(taken(here, one(1))).toBe(here); // an older word about it brings nothing back
});

test("all seen leaves none, but for what came since", () => {
  const none = allSeen(told([one(2), one(1)], 70), 2, now);

  expect(unreadOf(none)).toBe(0);
  expect(allOf(none).every(({ read_at }) => read_at !== null)).toBe(true);
  expect(unreadOf(allSeen(told([one(3), one(2)], 70), 2, now))).toBe(1);
});

test("what was seen here stays seen while that waits to be sent", () => {
  const waiting: Write[] = [];
  const acts = noticeActs((deed) => {
    const write = { ...deed, id: String(waiting.length), at: now.getTime() * 1000, hides: null };
    waiting.push(write);
    return write;
  });
  acts.markRead("3", "Pay the rent");
  acts.markAllRead(1);

  const here = withSeen(told([one(3), one(2), one(1)], 9), waiting);

  expect(allOf(here).map(({ read_at }) => read_at)).toEqual([now.toISOString(), null, now.toISOString()]);
  expect(unreadOf(here)).toBe(1);
});

test("what was missed comes before the rest, until it is seen", () => {
  const late = told([one(3), one(2, { late: 7200 }), one(1, { late: 7200, read_at: READ })], 2);

  expect(inOrder(late).missed.map(({ id }) => id)).toEqual(["2"]);
  expect(inOrder(late).others.map(({ id }) => id)).toEqual(["3", "1"]);
  expect(inOrder(seen(late, "2", now)).missed).toEqual([]);
});
