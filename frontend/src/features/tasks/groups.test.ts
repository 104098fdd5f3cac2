import { describe, expect, test } from "vitest";
import { Shelf } from "../../data/Shelf";
import { grouped, openOf, todays, upcomings, type Group, type Surroundings } from "./groups";
import { task } from "./testing";

const entity = { color: null, created_at: "", updated_at: "", version: 1 };
const around: Surroundings = {
  lists: [
    { ...entity, id: "inbox", name: "whatever", position: "a", archived: false, inbox: true },
    { ...entity, id: "home", name: "Home", position: "b", archived: false, inbox: false },
  ],
  tags: [
    { ...entity, id: "b", name: "bills" },
    { ...entity, id: "p", name: "phone" },
  ],
  zone: "Europe/Berlin",
  today: "2026-11-21",
  isLate: ({ due }) => (due ?? "9") < "2026-11-21",
  dayInWords: (day) => `on ${day}`,
};

const shown = (groups: readonly Group[]) => groups.map(({ title, tasks }) => [title, tasks.map(({ id }) => id).join(" ")]);

describe("groups", () => {
  test("by priority have the most urgent first, and none last", () => {
    const tasks = [task("a"), task("b", { priority: "low" }), task("c", { priority: "urgent" }), task("d")];

    expect(shown(grouped(tasks, "priority", around))).toEqual([["Urgent priority", "c"], ["Low priority", "b"], ["No priority", "a d"]]);
  });

  test("by tag show a task under each of its tags", () => {
    const groups = grouped([task("a", { tags: ["p", "b"] }), task("b")], "tag", around);

    expect(shown(groups)).toEqual([["bills", "a"], ["phone", "a"], ["No tags", "b"]]);
    expect(groups[0]?.given).toEqual({ add_tags: ["b"] });
  });

  test("by list are in the lists' order, the Inbox by its own name", () => {
    expect(shown(grouped([task("a"), task("b", { list: "inbox" })], "list", around))).toEqual([["Inbox", "b"], ["Home", "a"]]);
  });

  test("by day have what is overdue first, and what has no date last", () => {
    const tasks = [task("a"), task("b", { due: "2026-12-01" }), task("c", { due: "2026-11-20" }), task("d", { due: "2026-11-21T09:00:00" })];

    expect(shown(grouped(tasks, "day", around))).toEqual([["Overdue", "c"], ["on 2026-11-21", "d"], ["on 2026-12-01", "b"], ["No date", "a"]]);
  });
});

describe("today", () => {
  test("needs no heading while nothing is overdue", () => {
    expect(shown(todays([task("a", { due: "2026-11-21" })], around))).toEqual([[null, "a"]]);
  });

  test("has a place for today also when all is overdue", () => {
    expect(shown(todays([task("a", { due: "2026-11-20" })], around))).toEqual([["Overdue", "a"], ["on 2026-11-21", ""]]);
  });

  test("leaves a task that was overdue and is finished among those of today", () => {
    expect(shown(todays([task("a", { due: "2026-11-20", status: "done" })], around))).toEqual([[null, "a"]]);
  });
});

test("what was finished since, or is gone, is not among the open ones of a group", () => {
  const shelf = new Shelf();
  const [open, ticked, gone] = [task("a"), task("b"), task("c")];
  shelf.learn("task", open);
  shelf.learn("task", { ...ticked, status: "done", version: ticked.version + 1 });

  expect(openOf([open, ticked, gone], shelf.known)).toEqual(["a"]);
});

test("the days ahead are all there, those further ahead only when something is due", () => {
  const tasks = [task("a", { due: "2026-11-22" }), task("b", { due: "2027-01-01" }), task("c", { due: "2026-11-01" }), task("d")];

  expect(shown(upcomings(tasks, around, 3))).toEqual([["Overdue", "c"], ["on 2026-11-21", ""], ["on 2026-11-22", "a"], ["on 2026-11-23", ""], ["on 2027-01-01", "b"]]);
});

test("what was due earlier today is overdue in the days ahead as it is in today", () => {
  const tasks = [task("then", { due: "2026-11-21T08:30" }), task("later", { due: "2026-11-21T18:00" })];
  const at11: typeof around = { ...around, isLate: ({ due }) => (due ?? "9") < "2026-11-21T11" };

  expect(shown(upcomings(tasks, at11, 1))).toEqual([["Overdue", "then"], ["on 2026-11-21", "later"]]);
  expect(shown(todays(tasks, at11))).toEqual([["Overdue", "then"], ["on 2026-11-21", "later"]]);
});
