// @vitest-environment jsdom
/** Two tabs of one person: one browser, one store, one that sends. */
import "fake-indexeddb/auto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Data } from "./Data";
import { Keeper } from "./Keeper";
import { eventually, Server } from "./serverForTests";
import { aTask } from "./tasksForTests";

let server: Server;
let closes: (() => void)[];

beforeEach(() => {
  server = new Server();
  closes = [];
  vi.stubGlobal("fetch", server.fetch);
  vi.stubGlobal("navigator", Object.create(navigator, { locks: { value: locks() } }));
});

afterEach(() => {
  for (const close of closes) close();
});

/** As a browser's: who comes later waits until the one before has done. */
function locks(): Pick<LockManager, "request"> {
  let before = Promise.resolve<unknown>(null);
  const request = (_: string, { signal }: LockOptions, act: () => Promise<unknown>) => {
    const turn = before.then(() => (signal?.aborted ? undefined : act()));
    before = turn.catch(() => undefined);
    return turn;
  };
  return { request: request as LockManager["request"] };
}

async function tab(user: string): Promise<Data> {
  const data = new Data(user);
  closes.push(data.open({ onSignedOut: vi.fn(), onUser: vi.fn() }));
  await until(() => data.loading.state === "ready");
  return data;
}

const until = (holds: () => boolean) =>
  eventually(() => {
    expect(holds()).toBe(true);
  });

const says = (data: Data) => data.queue.writes.map((write) => write.says);

test("what waits is seen in each tab, also in one that is opened then", async () => {
  const [first, second] = [await tab("seen"), await tab("seen")];
  server.rules.push(() => "unreachable");

  second.acts.change("milk", { priority: "high" });

  await until(() => second.queue.state === "waiting" && first.queue.state === "waiting");
  expect(second.isUnsent("milk")).toBe(true);
  const third = await tab("seen");
  await until(() => third.isUnsent("milk"));
});

test("what waits is taken back from any tab, and then nobody waits for it any more", async () => {
  const [first, second] = [await tab("back"), await tab("back")];
  server.rules.push(() => "unreachable");
  second.acts.change("milk", { priority: "high" });
  const write = second.acts.change("milk", { title: "Oat milk" });
  await until(() => first.queue.state === "waiting" && says(first).length === 2);

  second.takeBack(write);
  second.takeBack(write);

  await until(() => says(first).length === 1 && says(second).length === 1);
  expect([first, second].map((data) => data.known().task.get("milk")?.title)).toEqual(["Buy milk", "Buy milk"]);
  expect(says(await tab("back"))).toEqual(["Changed “Buy milk”"]);
});

test("what is on its way is undone once, however often that is asked for", async () => {
  const [first, second] = [await tab("once"), await tab("once")];
  server.rules.push(() => "unreachable");
  const write = second.acts.change("milk", { priority: "high" });
  await until(() => first.queue.state === "waiting");

  second.takeBack(write);
  await until(() => says(first).length === 2);
  second.takeBack(write);
  first.takeBack(write);

  expect(says(second)).toEqual(["Changed “Buy milk”", "Undone: Changed “Buy milk”"]);
  expect(says(first)).toEqual(says(second));
});

test("what is done for one tab does not jump back in it until the stream has told of it", async () => {
  const [, second] = [await tab("jump"), await tab("jump")];
  const seen = new Set<string | undefined>();
  server.rules.push(() => {
    server.head = 11;
    server.changes = [{ sequence: 11, type: "task.deleted", id: "e", task: aTask({ id: "milk", version: 2 }) }];
    return { status: 204 };
  });

  second.acts.remove(["milk"]);
  second.subscribe(() => seen.add(second.known().task.get("milk")?.title));
  await until(() => says(second).length === 0);

  expect([...seen].filter((title) => title !== undefined)).toEqual([]);
  expect(second.known().task.has("milk")).toBe(false);
});

/** The next tab that opens looks into the store, and gets what it saw there when it is `answered`. */
function lookingFirst(): { looked: Promise<void>; answered: () => void } {
  const open = Keeper.open.bind(Keeper);
  let answered: () => void = () => undefined;
  const isAnswered = new Promise<void>((resolve) => (answered = resolve));
  const looked = new Promise<void>((resolve) => {
    vi.spyOn(Keeper, "open").mockImplementationOnce(async (user, onTaken) => {
      const keeper = await open(user, onTaken);
      const kept = await keeper.read();
      resolve();
      await isAnswered;
      return Object.assign(keeper, { read: () => Promise.resolve(kept) });
    });
  });
  return { looked, answered };
}

test("what is done in one tab while another opens is there, too, and is sent by it when the first is gone", async () => {
  const first = await tab("opening");
  server.rules = [() => "unreachable"];
  const { looked, answered } = lookingFirst();
  const opening = tab("opening");
  await looked;
  const heard = new BroadcastChannel("taskora-opening");
  const told = new Promise((resolve) => { heard.addEventListener("message", resolve); });

  first.acts.change("milk", { priority: "high" });
  await told;
  answered();
  const second = await opening;
  heard.close();

  expect(says(second)).toEqual(["Changed “Buy milk”"]);
  expect(second.known().task.get("milk")?.priority).toBe("high");
  await until(() => first.queue.state === "waiting");
  closes.shift()?.();
  server.rules = [({ body }) => ({ status: 200, body: aTask({ id: "milk", version: 2, ...(body as object) }) })];
  await until(() => says(second).length === 0);
});

test("a tab that opens while a part of an act is answered can take back the whole of it", async () => {
  const ids = Array.from({ length: 600 }, (_, place) => `task-${place}`);
  server.tasks = ids.map((id) => aTask({ id }));
  const first = await tab("parts");
  server.rules = [() => "unreachable"];
  first.acts.changeMany(ids, { priority: "high" });
  await until(() => first.queue.state === "waiting");
  const { looked, answered } = lookingFirst();
  const opening = tab("parts");
  await looked;
  let number = 0;
  const portion = () => ({ status: 200, body: { items: [] }, activity: `portion-${(number += 1)}` });
  server.rules = [() => (number === 0 ? portion() : "unreachable")];
  first.wake();
  await until(() => says(first).length === 1 && first.queue.state === "waiting");
  answered();
  const second = await opening;

  const [next] = second.queue.writes;
  if (next !== undefined) second.takeBack(next);
  await until(() => says(first).includes("Undone: Changed 500 tasks"));
  server.rules = [portion];
  first.wake();
  await until(() => says(first).length === 0);

  expect(server.writes().at(-1)).toBe("POST /api/activity/portion-1/undo");
});
