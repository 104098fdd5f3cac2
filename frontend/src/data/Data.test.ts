// @vitest-environment jsdom
/** A page's data against a server that answers as told, with a real IndexedDB behind it. */
import "fake-indexeddb/auto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Change } from "../api/types";
import { Data } from "./Data";
import { Keeper } from "./Keeper";
import { noticeActs } from "./noticeActs";
import { eventually, Server, type Asked } from "./serverForTests";
import type { Write } from "./shapes";
import { aTask, INBOX } from "./tasksForTests";
import { undoActs } from "./undoActs";

let server: Server;
let close: () => void;

beforeEach(() => {
  server = new Server();
  vi.stubGlobal("fetch", server.fetch);
});

afterEach(() => {
  close();
});

async function opened(user: string): Promise<Data> {
  const data = new Data(user);
  close = data.open({ onSignedOut: () => undefined, onUser: () => undefined });
  await eventually(() => {
    expect(data.loading.state).toBe("ready");
  });
  return data;
}

async function settled(data: Data): Promise<void> {
  await eventually(() => {
    expect(data.queue.writes).toEqual([]);
  });
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const titles = (data: Data) => [...data.known().task.values()].map(({ title }) => title);

test("what is done shows at once, and goes to the server in its order, each under a key of its own and for its person", async () => {
  const data = await opened("order");
  server.rules.push(({ method, body }) => (method === "POST" ? { status: 201, body: aTask({ id: "bread", ...(body as object) }) } : undefined));

  data.acts.add({ id: "bread", title: "Bread" });
  data.acts.change("bread", { priority: "high" });
  expect(data.known().task.get("bread")).toMatchObject({ title: "Bread", priority: "high", list: INBOX });
  await settled(data);

  expect(server.writes()).toEqual(["POST /api/tasks", "PATCH /api/tasks/bread"]);
  const keys = server.asked.map(({ headers }) => headers.get("idempotency-key"));
  expect(keys).toEqual([expect.stringMatching(UUID), expect.stringMatching(UUID)]);
  expect(new Set(keys).size).toBe(2);
  expect(server.asked.map(({ headers }) => headers.get("if-user"))).toEqual(["order", "order"]);
});

test("without a network it waits, survives the page, and is sent under the same key", async () => {
  const data = await opened("offline");
  server.rules.push(() => "unreachable");
  data.acts.add({ id: "bread", title: "Bread" });
  await eventually(() => {
    expect(data.isUnsent("bread")).toBe(true);
  });
  close();

  server.rules = [() => ({ status: 201, body: aTask({ id: "bread", title: "Bread" }) })];
  const again = await opened("offline");
  expect(titles(again)).toContain("Bread");
  await settled(again);

  const keys = new Set(server.asked.map(({ headers }) => headers.get("idempotency-key")));
  expect(keys.size).toBe(1);
  expect(titles(again)).toEqual(["Buy milk", "Bread"]);
});

test("a page of somebody else's in the place of an answer refuses nothing", async () => {
  const data = await opened("portal");
  server.rules.push(() => ({ status: 200, body: "<html>Welcome to this hotel's network</html>" }));
  data.acts.change("milk", { priority: "high" });
  await server.heard(1);
  await eventually(() => {
    expect(data.queue.state).toBe("waiting");
  });

  expect(data.known().task.get("milk")?.priority).toBe("high");
  expect(data.queue.refused).toEqual([]);
});

test("what another tab sent while this one was away is not sent again", async () => {
  const away = await opened("two tabs");
  server.rules.push(() => "unreachable");
  away.acts.change("milk", { priority: "high" });
  await server.heard(1);
  close();

  server.rules = [() => ({ status: 200, body: aTask({ id: "milk", title: "Buy milk", priority: "high", version: 2 }) })];
  const other = await opened("two tabs");
  await settled(other);
  close();
  const asked = server.asked.length;
  close = away.open({ onSignedOut: () => undefined, onUser: () => undefined });
  await settled(away);

  expect(server.asked.length).toBe(asked);
});

test("where a browser keeps nothing, what is done at once is sent all the same", async () => {
  vi.spyOn(Keeper, "open").mockRejectedValueOnce(new Error("no room"));
  vi.spyOn(console, "error").mockImplementationOnce(() => undefined);
  const data = new Data("nothing kept");
  close = data.open({ onSignedOut: () => undefined, onUser: () => undefined });

  data.acts.add({ id: "bread", title: "Bread" });
  await settled(data);

  expect(server.writes()).toEqual(["POST /api/tasks"]);
  expect(data.isKept).toBe(false);
});

test("what is done comes after what waits, also where the clock was set back meanwhile", async () => {
  const data = await opened("clock");
  server.rules.push(() => "unreachable");
  data.acts.add({ id: "bread", title: "Bread" });
  await server.heard(1);
  close();
  const again = await opened("clock");

  const clock = vi.spyOn(Date, "now").mockReturnValue(Date.now() - 86_400_000);
  again.acts.change("bread", { priority: "high" });
  clock.mockRestore();

  expect(again.queue.writes.map(({ says }) => says)).toEqual(["Added “Bread”", "Changed “Bread”"]);
});

test("what was done stays done, whatever becomes of the question what came of it", async () => {
  const data = await opened("question");
  server.rules.push(() => ({ status: 204, activity: "deleted" }));
  vi.stubGlobal("fetch", (url: string, init: RequestInit) =>
    url.startsWith("/api/changes") ? Promise.resolve(new Response("{}", { status: 500 })) : server.fetch(url, init),
  );

  data.acts.remove(["milk"]);
  await settled(data);

  expect(data.queue.refused).toEqual([]);
  expect(server.writes()).toEqual(["DELETE /api/tasks/milk"]);
});

test("the next visit shows what was held, before anything is asked", async () => {
  await opened("next visit");
  close();
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("no network")));

  const data = await opened("next visit");

  expect(titles(data)).toEqual(["Buy milk"]);
  expect(data.since()).toBe(10);
});

test("what is refused is taken back from what is shown, and kept with what follows from it until somebody decides", async () => {
  const data = await opened("refused");
  server.rules.push(({ method }) => (method === "POST" ? { status: 422, body: { detail: "It has no title." } } : undefined));

  data.acts.add({ id: "bread", title: " " });
  data.acts.change("bread", { priority: "high" });
  await settled(data);

  const [refused] = data.queue.refused;
  expect(refused).toMatchObject({ problem: { detail: "It has no title." }, followers: [{ says: "Changed “ ”" }] });
  expect(data.known().task.has("bread")).toBe(false);
  expect(server.writes()).toEqual(["POST /api/tasks"]);
  close();
  const next = await opened("refused");
  expect(next.queue.refused).toEqual(data.queue.refused);
  close();
  close = data.open({ onSignedOut: () => undefined, onUser: () => undefined });

  server.rules = [({ method }) => (method === "POST" ? { status: 201, body: aTask({ id: "bread", title: "Bread" }) } : undefined)];
  if (refused !== undefined) data.retry(refused);
  await settled(data);
  expect(server.writes()).toEqual(["POST /api/tasks", "POST /api/tasks", "PATCH /api/tasks/bread"]);
  expect(server.asked[1]?.headers.get("idempotency-key")).not.toBe(server.asked[0]?.headers.get("idempotency-key"));
});

test("a text that somebody else changed meanwhile is for its person to decide; other fields do not matter", async () => {
  const data = await opened("conflict");
  const theirs = aTask({ id: "milk", title: "Soy milk", version: 2 });
  server.rules.push(({ headers }) => (headers.get("if-match") === '"1"' ? { status: 412, body: { detail: "", current: theirs } } : { status: 200, body: { ...theirs, title: "Oat milk", version: 3 } }));

  data.acts.change("milk", { title: "Oat milk" });
  await settled(data);

  const [refused] = data.queue.refused;
  expect(refused?.conflict).toMatchObject({ current: { title: "Soy milk" }, fields: ["title"] });
  expect(data.known().task.get("milk")?.title).toBe("Soy milk");

  if (refused !== undefined) data.keepMine(refused);
  await settled(data);
  expect(data.known().task.get("milk")?.title).toBe("Oat milk");
  expect(data.queue.refused).toEqual([]);
});

test("a text changed twice here and once elsewhere is one decision, and the last word of it counts", async () => {
  const data = await opened("chain");
  const theirs = aTask({ id: "milk", title: "Soy milk", version: 2 });
  let version = 2;
  server.rules.push(({ headers, body }) => {
    if (headers.get("if-match") !== `"${version}"`) return { status: 412, body: { detail: "", current: theirs } };
    version += 1;
    return { status: 200, body: { ...theirs, ...(body as object), version } };
  });

  data.acts.change("milk", { title: "Oat milk" });
  data.acts.change("milk", { title: "Oat milk, two" });
  await settled(data);
  expect(data.queue.refused).toHaveLength(1);
  const [refused] = data.queue.refused;
  if (refused !== undefined) data.keepMine(refused);
  await settled(data);

  expect(data.queue.refused).toEqual([]);
  expect(data.known().task.get("milk")?.title).toBe("Oat milk, two");
});

test("an undo that waits with what was refused takes back the next try", async () => {
  const data = await opened("undo again");
  const done = aTask({ id: "milk", status: "done", version: 2 });
  let answer: () => void = () => undefined;
  server.held = new Promise((resolve) => (answer = resolve));
  server.rules.push(({ path }) => (path.endsWith("/complete") ? { status: 409, body: { detail: "Not now." } } : undefined));
  const write = data.acts.complete(["milk"]);
  await server.heard(1);
  data.takeBack(write);
  answer();
  await settled(data);
  server.rules = [({ path }) => (path.endsWith("/complete") ? { status: 200, body: { task: done, next: null }, activity: "completed" } : undefined)];

  const [refused] = data.queue.refused;
  if (refused !== undefined) data.retry(refused);
  await settled(data);

  expect(server.writes().at(-1)).toBe("POST /api/activity/completed/undo");
});

test("where others changed other fields, both changes stand", async () => {
  const data = await opened("both");
  const theirs = aTask({ id: "milk", title: "Buy milk", priority: "high", version: 2 });
  server.rules.push(({ headers }) => (headers.get("if-match") === '"1"' ? { status: 412, body: { detail: "", current: theirs } } : { status: 200, body: { ...theirs, title: "Oat milk", version: 3 } }));

  data.acts.change("milk", { title: "Oat milk" });
  await settled(data);

  expect(data.known().task.get("milk")).toMatchObject({ title: "Oat milk", priority: "high" });
  expect(data.queue.refused).toEqual([]);
});

test("what the server did is undone by the activity that its answer named", async () => {
  const data = await opened("undo");
  const done = aTask({ id: "milk", title: "Buy milk", status: "done", version: 2 });
  server.rules.push(({ path }) => (path.endsWith("/complete") ? { status: 200, body: { task: done, next: null }, activity: "completed" } : undefined));
  const write = data.acts.complete(["milk"]);
  await settled(data);
  expect(data.lastUndoable()).toEqual(write);

  data.takeBack(write);
  expect(data.known().task.get("milk")?.status).toBe("todo");
  await server.heard(2);

  expect(server.writes()[1]).toBe("POST /api/activity/completed/undo");
  expect(data.lastUndoable()).toBeNull();
});

test.each(["PATCH", "DELETE"])("a %s whose answer was lost is sent again under its key, and undone by what the second answer names", async (method) => {
  const data = await opened(`lost ${method}`);
  server.rules.push(() => "unreachable");
  const write = method === "PATCH" ? data.acts.change("milk", { priority: "high" }) : data.acts.remove(["milk"]);
  await eventually(() => {
    expect(data.queue.state).toBe("waiting");
  });
  const milk = aTask({ id: "milk", title: "Buy milk", priority: "high", version: 2 });
  const done = method === "PATCH" ? { status: 200, body: milk, activity: "first" } : { status: 204, activity: "first" };
  server.rules = [(asked) => (asked.method === method ? done : undefined)];
  data.wake();
  await settled(data);
  expect(data.lastUndoable()).toEqual(write);
  data.takeBack(write);
  await server.heard(3);

  expect(server.writes()).toEqual([`${method} /api/tasks/milk`, `${method} /api/tasks/milk`, "POST /api/activity/first/undo"]);
  const [first, again, undo] = server.asked.map(({ headers }) => headers.get("idempotency-key"));
  expect(first).toMatch(UUID);
  expect(again).toBe(first);
  expect(undo).not.toBe(first);
});

test.each(["while the page is open", "when it is opened again"])("what was done and replaced since is no conflict: %s", async (when) => {
  const data = await opened(`replaced ${when}`);
  server.rules.push(() => "unreachable");
  data.acts.change("milk", { title: "Oat milk" });
  await eventually(() => {
    expect(data.queue.state).toBe("waiting");
  });
  data.take({ sequence: 11, type: "task.updated", id: "e", task: aTask({ id: "milk", title: "Soy milk", version: 3 }) } as Change);
  if (when.includes("again")) close();
  server.rules = [({ method }) => (method === "PATCH" ? { status: 200, body: aTask({ id: "milk", title: "Oat milk", version: 2 }), activity: "first" } : undefined)];
  const again = when.includes("again") ? await opened(`replaced ${when}`) : data;
  again.wake();
  await settled(again);

  expect(again.queue.refused).toEqual([]);
  expect(titles(again)).toEqual(["Soy milk"]);
});

test("what was never heard of, and that others made something else of, is a conflict and overwrites nothing", async () => {
  const data = await opened("replaced unheard");
  const theirs = aTask({ id: "milk", title: "Soy milk", version: 3 });
  server.rules.push(() => "unreachable");
  data.acts.change("milk", { title: "Oat milk" });
  await eventually(() => {
    expect(data.queue.state).toBe("waiting");
  });
  data.take({ sequence: 11, type: "task.updated", id: "e", task: theirs } as Change);
  server.rules = [({ headers, body }) => (headers.get("if-match") === '"3"' ? { status: 200, body: { ...theirs, ...(body as object), version: 4 } } : { status: 412, body: { detail: "", current: theirs } })];
  data.wake();
  await settled(data);

  expect(data.queue.refused[0]?.conflict).toMatchObject({ current: { title: "Soy milk" }, fields: ["title"] });
  expect(titles(data)).toEqual(["Soy milk"]);
});

test("an answer that is given again brings nothing back that is gone", async () => {
  const data = await opened("gone since");
  server.rules.push(() => "unreachable");
  data.acts.change("milk", { priority: "high" });
  await eventually(() => {
    expect(data.queue.state).toBe("waiting");
  });
  data.take({ sequence: 11, type: "task.deleted", id: "e", task: aTask({ id: "milk", version: 3 }) } as Change);
  close();
  [server.head, server.tasks] = [11, []];
  server.rules = [() => ({ status: 200, body: aTask({ id: "milk", priority: "high", version: 2 }), activity: "first", isRepeated: true })];

  const again = await opened("gone since");
  await settled(again);

  expect(titles(again)).toEqual([]);
});

test("what was made is there as it has become, though its answer was lost", async () => {
  const data = await opened("made and lost");
  server.rules.push(() => "unreachable");
  data.acts.add({ id: "bread", title: "Bread" });
  await eventually(() => {
    expect(data.queue.state).toBe("waiting");
  });
  server.head = 12;
  server.changes = [{ sequence: 12, type: "task.updated", id: "e", task: aTask({ id: "bread", title: "Rye bread", version: 2 }) }];
  server.rules = [() => ({ status: 201, body: aTask({ id: "bread", title: "Bread" }), activity: "first", isRepeated: true })];
  data.wake();
  await settled(data);

  expect(titles(data)).toEqual(["Buy milk", "Rye bread"]);
});

test("an undo that waits knows what it undoes, also after the page was opened anew", async () => {
  const data = await opened("undo later");
  const done = aTask({ id: "milk", status: "done", version: 2 });
  server.rules.push(({ path }) => (path.endsWith("/complete") ? { status: 200, body: { task: done, next: null }, activity: "completed" } : "unreachable"));
  let answer: () => void = () => undefined;
  server.held = new Promise((resolve) => (answer = resolve));
  const write = data.acts.complete(["milk"]);
  await server.heard(1);
  data.takeBack(write);
  answer();
  await server.heard(2);
  close();

  server.rules = [];
  await settled(await opened("undo later"));

  expect(server.writes().at(-1)).toBe("POST /api/activity/completed/undo");
});

test("what is undone from the activity waits its turn, survives the page, and can be taken back itself", async () => {
  const data = await opened("activity");
  server.rules.push(() => "unreachable");
  data.acts.change("milk", { priority: "high" });
  data.actsOf(undoActs).undo("yesterday", "Completed “Bread”", []);
  await eventually(() => {
    expect(data.queue.state).toBe("waiting");
  });
  close();

  const again = await opened("activity");
  expect(again.queue.writes.map(({ says }) => says)).toEqual(["Changed “Buy milk”", "Undone: Completed “Bread”"]);
  const [, undo] = again.queue.writes;
  server.rules = [({ path }) => ({ status: 200, body: { total: 1, things: [] }, activity: path.includes("yesterday") ? "undoing" : "change" })];
  await eventually(() => {
    expect(again.queue.state).toBe("waiting");
  });
  again.wake();
  await settled(again);
  expect(server.writes().slice(-2)).toEqual(["PATCH /api/tasks/milk", "POST /api/activity/yesterday/undo"]);
  expect(server.asked.at(-1)?.headers.get("idempotency-key")).toBe(undo?.id);
  expect(again.isUndone("yesterday")).toBe(true);

  if (undo !== undefined) again.takeBack(undo);
  await settled(again);
  expect(server.writes().at(-1)).toBe("POST /api/activity/undoing/undo");
  expect(again.isUndone("yesterday")).toBe(false);
});

test("what is undone after it was refused is discarded", async () => {
  const data = await opened("undo refused");
  server.rules.push(() => ({ status: 409, body: { detail: "No." } }));
  const write = data.acts.complete(["milk"]);
  await settled(data);

  data.takeBack(write);
  await settled(data);

  expect(data.queue.refused).toEqual([]);
  expect(server.asked.length).toBe(1);
});

test("what was not sent yet is taken back without a word to the server", async () => {
  const data = await opened("unsent");
  server.rules.push(() => "unreachable");
  data.acts.change("milk", { priority: "high" });
  const write = data.acts.remove(["milk"]);
  await server.heard(1);
  expect(data.known().task.has("milk")).toBe(false);

  data.takeBack(write);

  expect(data.known().task.has("milk")).toBe(true);
  expect(data.queue.writes.map(({ says }) => says)).toEqual(["Changed “Buy milk”"]);
});

test("several deleted at once are gone, and so they stay when the answer has what they were", async () => {
  server.tasks.push(aTask({ id: "bread", version: 4 }));
  const data = await opened("deleted");
  const before = (asked: Asked) => (asked.path === "/api/tasks/bulk" ? { status: 200, body: { items: server.tasks.map((task) => ({ ...task, version: task.version + 1 })) } } : undefined);
  server.rules.push(before);

  data.acts.remove(["milk", "bread"]);
  await settled(data);

  expect(titles(data)).toEqual([]);
});

test("to have read a notification that is gone is nothing to decide about", async () => {
  const data = await opened("read late");
  server.rules.push(() => ({ status: 404, body: { type: "/problems/not-found", detail: "There is no such notification." } }));

  data.actsOf(noticeActs).markRead("reminder", "Buy milk");
  await settled(data);

  expect(server.writes()).toEqual(["POST /api/notifications/reminder/read"]);
  expect(data.queue.refused).toEqual([]);
});

test("very many are one act: several writes, told and undone as one", async () => {
  const ids = Array.from({ length: 1_200 }, (_, place) => `task-${place}`);
  server.tasks = ids.map((id) => aTask({ id }));
  const data = await opened("many");
  const told: Write[] = [];
  data.onWrite((write) => told.push(write));
  let number = 0;
  server.rules.push(({ path }) => (path === "/api/tasks/bulk" ? { status: 200, body: { items: [] }, activity: `portion-${(number += 1)}` } : undefined));

  data.acts.changeMany(ids, { priority: "high" });
  await server.heard(3);
  await settled(data);
  expect(new Set(told.map(({ whole }) => whole?.says))).toEqual(new Set(["Changed 1200 tasks"]));
  const last = data.lastUndoable();
  if (last !== null) data.takeBack(last);
  await server.heard(6);

  expect(server.writes().slice(3)).toEqual([3, 2, 1].map((portion) => `POST /api/activity/portion-${portion}/undo`));
  expect(data.lastUndoable()).toBeNull();
});

test("very many are taken back as one, also what was sent before the page was opened anew", async () => {
  const ids = Array.from({ length: 1_200 }, (_, place) => `task-${place}`);
  server.tasks = ids.map((id) => aTask({ id }));
  const data = await opened("many anew");
  let number = 0;
  const portion = ({ path }: Asked) => (path === "/api/tasks/bulk" ? { status: 200, body: { items: [] }, activity: `portion-${(number += 1)}` } : undefined);
  server.rules.push((asked) => (number === 0 ? portion(asked) : "unreachable"));
  data.acts.changeMany(ids, { priority: "high" });
  await server.heard(2);
  close();

  const again = await opened("many anew");
  await eventually(() => {
    expect(again.queue.state).toBe("waiting"); // only who waits is woken
  });
  const [next] = again.queue.writes;
  expect(next?.says).toBe("Changed 500 tasks");
  if (next !== undefined) again.takeBack(next);
  server.rules = [portion];
  again.wake();
  await settled(again);

  expect(server.writes().slice(-3)).toEqual(["POST /api/tasks/bulk", "POST /api/activity/portion-2/undo", "POST /api/activity/portion-1/undo"]);
  close();
  expect((await (await Keeper.open("many anew", vi.fn())).read()).writes).toEqual([]);
});

test("very many that go behind a task stay in their order", async () => {
  const ids = Array.from({ length: 1_200 }, (_, place) => `task-${place}`);
  server.tasks = [...ids, "bread"].map((id) => aTask({ id }));
  const data = await opened("many behind");
  server.rules.push(({ path }) => (path === "/api/tasks/bulk" ? { status: 200, body: { items: [] }, activity: "moved" } : undefined));

  data.acts.move(ids, { after: "bread" });
  await server.heard(3);

  expect(server.asked.map(({ body }) => (body as { move: { after: string } }).move.after)).toEqual(["bread", "task-499", "task-999"]);
});

test("what was tried again can be undone, and nothing before it in its place", async () => {
  const data = await opened("again");
  const patched = (body: object) => aTask({ id: "milk", title: "Buy milk", version: 2, ...body });
  server.rules.push(({ method, body }) => (method === "PATCH" ? { status: 200, body: patched(body as object), activity: "first" } : undefined));
  data.acts.change("milk", { priority: "low" });
  await settled(data);
  server.rules = [({ method }) => (method === "PATCH" ? { status: 422, body: { detail: "Not now." } } : undefined)];
  data.acts.change("milk", { priority: "high" });
  await settled(data);
  const [refused] = data.queue.refused;
  server.rules = [({ method, body }) => (method === "PATCH" ? { status: 200, body: patched({ ...(body as object), version: 3 }), activity: "again" } : undefined)];

  if (refused !== undefined) data.retry(refused);
  await settled(data);
  expect(data.lastUndoable()).toMatchObject({ request: { body: { priority: "high" } } });

  server.rules = [({ method, body }) => (method === "PATCH" ? { status: 200, body: patched({ ...(body as object), version: 4 }) } : undefined)]; // it was so already
  data.acts.change("milk", { priority: "none" });
  await settled(data);
  expect(data.lastUndoable()).toBeNull();
});

test("completing a task completes what is below it, and deleting takes that along", async () => {
  server.tasks.push(aTask({ id: "oat", parent: "milk" }));
  const data = await opened("family");
  server.rules.push(() => "unreachable");

  data.acts.complete(["milk"]);
  expect(data.known().task.get("oat")?.status).toBe("done");
  data.acts.remove(["milk"]);

  expect(titles(data)).toEqual([]);
});

test("a change that the stream tells is held, and not taken twice", async () => {
  const data = await opened("stream");
  const change = { sequence: 11, type: "task.updated", id: "e", task: aTask({ id: "milk", title: "Oat milk", version: 2 }) } as Change;
  const heard: number[] = [];
  data.onChange(({ sequence }) => heard.push(sequence));

  data.take(change);
  data.take(change);

  expect(titles(data)).toEqual(["Oat milk"]);
  expect(heard).toEqual([11]);
  expect(data.since()).toBe(11);
});
