import { describe, expect, test } from "vitest";
import type { Task } from "../../api/types";
import { forget, learn, nothing, readPage, settle, tasksIn, type Known } from "./known";
import { plain } from "./plain";

function task(id: string, more: Partial<Task> = {}): Task {
  return {
    ...plain,
    id,
    title: id,
    list: "inbox",
    position: "a0",
    created_at: `2026-11-20T10:00:0${id}.000000Z`,
    updated_at: "2026-11-20T10:00:00.000000Z",
    version: 1,
    ...more,
  };
}

const knowing = (...tasks: Task[]): Known => tasks.reduce(learn, nothing);
const titles = (known: Known, view: "open" | "finished" = "open") => tasksIn(known, view, null).map(({ title }) => title);
const wholeList = { view: "open", after: null, upTo: null } as const;

describe("what is known of a task", () => {
  test("becomes newer and never older", () => {
    const known = knowing(task("1", { version: 3, title: "third" }));

    expect(titles(learn(known, task("1", { version: 2, title: "second" })))).toEqual(["third"]);
    expect(titles(learn(known, task("1", { version: 4, title: "fourth" })))).toEqual(["fourth"]);
  });

  test("ends with its deletion, even when older news arrive later", () => {
    const known = forget(knowing(task("1")), "1", 3);

    expect(titles(learn(known, task("1", { version: 2 })))).toEqual([]);
    expect(titles(learn(known, task("1", { version: 3 })))).toEqual([]);
    expect(titles(learn(known, task("1", { version: 4 })))).toEqual(["1"]);
  });

  test("is not ended by a deletion that an answer has already outrun", () => {
    expect(titles(forget(knowing(task("1", { version: 5 })), "1", 4))).toEqual(["1"]);
  });
});

describe("a list", () => {
  test("is sorted newest first, whatever order things were learnt in", () => {
    expect(titles(knowing(task("2"), task("3"), task("1")))).toEqual(["3", "2", "1"]);
  });

  test("keeps a task finished just now in its place until one looks elsewhere", () => {
    const known = learn(knowing(task("1"), task("2")), task("1", { status: "done", version: 2 }));

    expect(titles(known)).toEqual(["2", "1"]);
    expect(titles(known, "finished")).toEqual(["1"]);
    expect(titles(settle(known))).toEqual(["2"]);
  });

  test("read again, drops what is not there any more", () => {
    const known = knowing(task("1"), task("2"));

    expect(titles(readPage(known, { ...wholeList, items: [task("2")], asked: known.moment }))).toEqual(["2"]);
  });

  test("read again, keeps what was learnt after it had been asked for", () => {
    const asked = knowing(task("1"));
    const meanwhile = learn(asked, task("2"));

    expect(titles(readPage(meanwhile, { ...wholeList, items: [task("1")], asked: asked.moment }))).toEqual(["2", "1"]);
  });

  test("read again, does not bring back what was deleted after it had been asked for", () => {
    const asked = knowing(task("1"));
    const meanwhile = forget(asked, "1", 2);

    expect(titles(readPage(meanwhile, { ...wholeList, items: [task("1")], asked: asked.moment }))).toEqual([]);
  });

  test("judges only the range that its page covers", () => {
    const known = knowing(task("1"), task("2"), task("3"), task("4"));
    const page = { view: "open", items: [task("2")], after: task("3"), upTo: task("2"), asked: known.moment } as const;

    expect(titles(readPage(known, page))).toEqual(["4", "3", "2", "1"]);
    expect(titles(readPage(known, { ...page, items: [], upTo: null }))).toEqual(["4", "3"]);
  });

  test("shows nothing beyond the part that has been read, or there would be holes", () => {
    const known = knowing(task("1"), task("3"), task("4"));

    expect(tasksIn(known, "open", task("3")).map(({ title }) => title)).toEqual(["4", "3"]);
  });

  test("holds on to a task somebody is editing when it is deleted elsewhere", () => {
    const known = forget(knowing(task("1"), task("2"), task("3")), "2", 2);

    expect(tasksIn(known, "open", null, [task("2")]).map(({ title }) => title)).toEqual(["3", "2", "1"]);
  });
});
