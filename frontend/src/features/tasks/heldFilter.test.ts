import { describe, expect, test } from "vitest";
import { Shelf } from "../../data/Shelf";
import { aList } from "../../data/tasksForTests";
import { heldFilter } from "./heldFilter";
import { task } from "./testing";

const asker = { zone: "Europe/Berlin", today: "2026-11-21", weekStart: 1, now: new Date("2026-11-21T09:00:00Z") }; // a Saturday

const tasks = [
  task("festive", { list: "party" }),
  task("late", { due: "2026-11-20", priority: "urgent" }),
  task("today", { due: "2026-11-21", priority: "urgent", tags: ["w"] }),
  task("passed", { due: "2026-11-21T09:30:00" }),
  task("friday", { due: "2026-11-27", list: "work" }),
  task("eighth", { due: "2026-11-28" }),
  task("undated", { list: "work" }),
  task("archived", { list: "old", due: "2026-11-21" }),
  task("done", { status: "done", priority: "urgent" }),
];

const shelf = new Shelf();
for (const list of [aList({ id: "home" }), aList({ id: "work", name: "Work" }), aList({ id: "party", name: "Party!" }), aList({ id: "quiet", name: "Party" }), aList({ id: "old", name: "Old", archived: true })]) shelf.learn("list", list);
shelf.learn("tag", { id: "w", name: "waiting", color: null, created_at: "", updated_at: "", version: 1 });

const finds = (text: string) => {
  const match = heldFilter(text, shelf.known, asker);
  return match === null ? null : tasks.filter(match).map(({ id }) => id).join(" ");
};

describe("a filter without the server", () => {
  test.each([
    ["today", "today passed"],
    ["overdue", "late passed"],
    ["(today | overdue) & p1", "late today"],
    ["(today | overdue) & !@waiting & p1", "late"],
    ["7 days", "today passed friday"],
    ["#work", "friday undated"],
    ["#Work & no date, p1 & today", "today undated"],
    ["#old", "archived"],
    ["#Party! & !today", "festive"],
    ["#work | today", "today passed friday undated"],
    ["! today & !!p1", "late"],
    ["friday", "friday"],
    ["due before: today", "late"],
    ["due after: 6 days", "eighth"],
    ["this week", "late today passed"],
    ["next week", "friday eighth"],
    ["todo & p1", "late today"],
    ["ALL & no priority & #home", "passed eighth"],
  ])("%s finds %s", (text, found) => {
    expect(finds(text)).toBe(found);
  });

  test.each(["search: milk", "created: today", "1 May", '#"R&D"', "#W*", "today &", "(today", "today)", "tody", "today p1", "", "done", "due before: now", "today ! p1", "today!", "p1 & !"])("does not guess what %j finds", (text) => {
    expect(finds(text)).toBeNull();
  });
});
