import { expect, test } from "vitest";
import type { View } from "../../address/views";
import type { Known } from "../../data/shapes";
import { aList } from "../../data/tasksForTests";
import { scoped } from "./scope";

const known = {
  list: new Map([aList({ id: "i", inbox: true, name: "inbox" }), aList({ id: "w", name: "R&D, new" })].map((list) => [list.id, list])),
  tag: new Map([["t", { id: "t", name: "waiting" }]]),
} as unknown as Known;

test.each<[View, string, string]>([
  [{ name: "inbox" }, "p1", "#Inbox & (p1)"],
  [{ name: "list", id: "w" }, "p1 | p2", '#"R&D, new" & (p1 | p2)'],
  [{ name: "list", id: "w" }, 'p1, search: "a, b"', '#"R&D, new" & (p1), #"R&D, new" & (search: "a, b")'],
  [{ name: "tag", id: "t" }, "#R\\,D", "@waiting & (#R\\,D)"],
  [{ name: "today" }, "p1", "(today | overdue) & (p1)"],
  [{ name: "upcoming" }, "p1", "!no date & (p1)"],
  [{ name: "filter", id: "f" }, "p1", "p1"],
])("what is typed on %j as %j is kept as %j", (view, text, kept) => {
  expect(scoped(text, view, known)).toBe(kept);
});
