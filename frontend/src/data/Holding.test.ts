// @vitest-environment jsdom
/** What is held of a server that answers as told, with a real IndexedDB behind it. */
import "fake-indexeddb/auto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Change, Task } from "../api/types";
import { Data } from "./Data";
import { eventually, Server } from "./serverForTests";
import { aTask } from "./tasksForTests";

let server: Server;
let close: () => void;

beforeEach(() => {
  server = new Server();
  vi.stubGlobal("fetch", server.fetch);
  vi.spyOn(Math, "random").mockReturnValue(0);
});

afterEach(() => {
  close();
  vi.restoreAllMocks();
});

const titles = (data: Data) => [...data.known().task.values()].map(({ title }) => title).sort();
const told = (sequence: number, task: Task, type = "task.updated") => ({ sequence, type, id: String(sequence), task }) as Change;

async function opened(user: string): Promise<Data> {
  const data = new Data(user);
  close = data.open({ onSignedOut: vi.fn(), onUser: vi.fn() });
  await eventually(() => {
    expect(data.loading.state).toBe("ready");
  });
  return data;
}

test("what was missed is loaded, however often that fails, and then the rest is told", async () => {
  const data = await opened("again");
  server.tasks = [aTask({ id: "milk", title: "Oat milk", version: 7 })];
  server.head = 500;
  server.failing = 2;
  const reloaded = vi.fn();
  data.onReload(reloaded);

  const done = data.reload();
  expect(titles(data)).toEqual(["Buy milk"]);
  window.dispatchEvent(new Event("online"));
  await done;

  expect(titles(data)).toEqual(["Oat milk"]);
  expect(data.since()).toBe(500);
  expect(reloaded).toHaveBeenCalledOnce();
});

test("a visit that could not load what was missed leaves that to the next, which shows meanwhile what it has", async () => {
  const data = await opened("next visit");
  server.failing = Infinity;
  server.tasks = [aTask({ id: "bread", title: "Bread" })];
  server.head = 500;
  void data.reload();
  data.take(told(501, aTask({ id: "tea", title: "Tea" })));
  await eventually(() => {
    expect(server.read.filter((path) => path === "/api/tasks").length).toBeGreaterThan(1);
  });
  close();

  const next = await opened("next visit");
  expect(titles(next)).toEqual(["Buy milk", "Tea"]);
  expect(next.since()).toBeNull();
  server.failing = 0;
  server.tasks.push(aTask({ id: "tea", title: "Tea" }));
  window.dispatchEvent(new Event("online"));
  await eventually(() => {
    expect(next.since()).toBe(500);
  });

  expect(titles(next)).toEqual(["Bread", "Tea"]);
});

test("two who want everything loaded get one answer, and what is told meanwhile stays", async () => {
  const data = await opened("two");
  let answer: () => void = () => undefined;
  server.held = new Promise((resolve) => (answer = resolve));
  server.read = [];

  const both = [data.reload(), data.load()];
  await eventually(() => {
    expect(server.read).toContain("/api/tasks");
  });
  data.take(told(11, aTask({ id: "tea", title: "Tea" })));
  answer();
  await Promise.all(both);

  expect(server.read.filter((path) => path === "/api/tasks")).toHaveLength(1);
  expect(titles(data)).toEqual(["Buy milk", "Tea"]);
  close();
  expect(titles(await opened("two"))).toEqual(["Buy milk", "Tea"]);
});

test("a task whose deletion a restored server never heard of is there again", async () => {
  const data = await opened("restored");
  data.take(told(11, aTask({ id: "milk", title: "Buy milk", version: 2 }), "task.deleted"));
  expect(titles(data)).toEqual([]);

  server.head = 8;
  await data.reload();
  data.take(told(9, aTask({ id: "milk", title: "Oat milk", version: 2 })));

  expect(titles(data)).toEqual(["Oat milk"]);
});
