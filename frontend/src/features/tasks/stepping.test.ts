import { expect, test } from "vitest";
import { actsOn } from "../../data/acts";
import type { Data } from "../../data/Data";
import type { Write } from "../../data/shapes";
import { Shelf } from "../../data/Shelf";
import { doingWith } from "./doing";
import type { Group } from "./groups";
import { linesOf, tasksIn } from "./lines";
import type { Step } from "./placing";
import { columns, stepping } from "./stepping";
import { task } from "./testing";

const tasks = ["a", "b", "c", "d", "e"].map((id, place) => task(id, { position: `a${place}` }));

/** Rows as they were drawn once, over tasks that go on changing. */
function drawn(groups: readonly Group[], isBoard: boolean) {
  const shelf = new Shelf();
  for (const one of tasks) shelf.learn("task", one);
  const writes: Write[] = [];
  const acts = actsOn((deed) => {
    const write = { ...deed, id: String(writes.length), at: writes.length, hides: null };
    writes.push(write);
    shelf.lay(writes);
    return write;
  }, shelf.known);
  const doing = doingWith({ acts, known: () => shelf.known } as unknown as Data, "UTC");
  const { step } = stepping({ lines: tasksIn(linesOf(groups, new Set())), isBoard, canReorder: !isBoard, doing, taskOf: (id) => shelf.known.task.get(id) });
  const inOrder = () => tasksIn(linesOf([{ key: "all", title: null, given: null, tasks: [...shelf.known.task.values()].sort((one, other) => (one.position < other.position ? -1 : 1)) }], new Set()));
  return {
    steps: (id: string, ...ways: Step[]) => { ways.forEach((way) => { step(id, way); }); },
    order: () => inOrder().map((line) => `${"-".repeat(line.depth)}${line.task.id}`).join(" "),
    statusOf: (id: string) => shelf.known.task.get(id)?.status,
    writes,
  };
}

const all: Group = { key: "all", title: null, tasks, given: null };

test.each<[string, Step[], string]>([
  ["e", ["up", "up", "up"], "a e b c d"],
  ["a", ["down", "down"], "b c a d e"],
  ["c", ["up", "down", "down"], "a b d c e"],
  ["c", ["in", "out", "up"], "a c b d e"],
  ["c", ["in", "up"], "a b -c d e"],
])("%s goes %j, each step from where the one before has led, whatever is drawn", (id, ways, order) => {
  const list = drawn([all], false);

  list.steps(id, ...ways);

  expect(list.order()).toBe(order);
});

test("at its end a list is left as it is, however long a key is held", () => {
  const list = drawn([all], false);

  list.steps("b", "up", "up", "up");

  expect(list.writes).toHaveLength(1);
});

test("a board is crossed alike", () => {
  const board = drawn(columns.map((key) => ({ key, title: key, tasks: key === "todo" ? tasks : [], given: null })), true);

  board.steps("a", "in", "in");
  expect(board.statusOf("a")).toBe("done");

  board.steps("a", "out");
  expect(board.statusOf("a")).toBe("in_progress");
});
