// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Problem, Unreachable } from "../../api/problem";
import type { Change } from "../../api/types";
import { LiveStream, type Ears, type LiveState, type Server } from "./live";

const change = (sequence: number): Change => ({
  id: String(sequence),
  type: "task.updated",
  sequence,
  subject: "task/1",
  time: "",
  operation: "",
  actor: { user: "", via: "web", token: null },
  changes: {},
});

/** The far end of the stream, and what was heard on the near one. */
class Line implements Server {
  readonly asked: (number | null)[] = [];
  readonly told: string[] = [];
  readonly states: LiveState[] = [];
  refuse: Error | null = null;
  log: number[] = [];
  #end: ReadableStreamDefaultController<Uint8Array> | null = null;

  open(since: number | null, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    this.asked.push(since);
    if (this.refuse !== null) return Promise.reject(this.refuse);
    return Promise.resolve(
      new ReadableStream({
        start: (end) => {
          this.#end = end;
          signal.addEventListener("abort", () => {
            end.error(signal.reason);
          });
        },
      }),
    );
  }

  missed(since: number | null) {
    if (this.refuse !== null) return Promise.reject(this.refuse);
    if (since === null) return Promise.resolve({ items: [], head: this.log.at(-1) ?? 0, resync: false });
    this.told.push(`asked for what came after ${since}`);
    const items = this.log.filter((sequence) => sequence > since).map(change);
    return Promise.resolve({ items, head: this.log.at(-1) ?? 0, resync: false });
  }

  readonly ears: Ears = {
    onState: (state) => this.states.push(state),
    since: () => null,
    onStart: () => this.told.push("start"),
    onResume: () => this.told.push("resume"),
    onChange: ({ sequence }) => this.told.push(`change ${sequence}`),
    onReload: () => this.told.push("reload"),
    onSignedOut: () => this.told.push("signed out"),
  };

  async says(...texts: string[]): Promise<void> {
    for (const text of texts) this.#end?.enqueue(new TextEncoder().encode(text));
    await vi.advanceTimersByTimeAsync(0);
  }

  async hello(head: number): Promise<void> {
    await this.says(`event: hello\nid: ${head}\ndata: {"head":${head},"degraded":false}\n\n`);
  }

  async changes(...sequences: number[]): Promise<void> {
    await this.says(...sequences.map((sequence) => `id: ${sequence}\ndata: ${JSON.stringify(change(sequence))}\n\n`));
  }

  async breaks(): Promise<void> {
    this.#end?.error(new TypeError("network error"));
    await vi.advanceTimersByTimeAsync(0);
  }

  async ends(): Promise<void> {
    this.#end?.close();
    await vi.advanceTimersByTimeAsync(0);
  }
}

let line: Line;
let hang: () => void;

beforeEach(async () => {
  vi.useFakeTimers();
  line = new Line();
  hang = new LiveStream(line).listen(line.ears);
  await vi.advanceTimersByTimeAsync(0);
});

afterEach(() => {
  hang();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

async function hidden(hidden: boolean): Promise<void> {
  vi.spyOn(document, "hidden", "get").mockReturnValue(hidden);
  document.dispatchEvent(new Event("visibilitychange"));
  await vi.advanceTimersByTimeAsync(0);
}

test("a new stream starts at the head and tells each change once, in order", async () => {
  await line.hello(5);
  await line.changes(6, 6, 5, 7);

  expect(line.asked).toEqual([null]);
  expect(line.told).toEqual(["start", "change 6", "change 7"]);
  expect(line.states).toEqual(["connecting", "live"]);
});

test("a broken stream goes on from the last change it told, not from the head it was greeted with", async () => {
  await line.hello(5);
  await line.changes(6);
  await line.breaks();
  expect(line.states.at(-1)).toBe("reconnecting");
  await vi.advanceTimersByTimeAsync(1_000);
  await line.hello(9); // and breaks again before the replay
  await line.breaks();
  await vi.advanceTimersByTimeAsync(1_000);
  await line.hello(9);
  await line.changes(7, 8, 9);

  expect(line.asked).toEqual([null, 6, 6]);
  expect(line.told).toEqual(["start", "change 6", "resume", "resume", "change 7", "change 8", "change 9"]);
  expect(line.states.at(-1)).toBe("live");
});

test("a number left out is asked for before the next one is told", async () => {
  line.log = [6, 7, 8];
  await line.hello(5);
  await line.changes(8, 9);

  expect(line.told).toEqual(["start", "asked for what came after 5", "change 6", "change 7", "change 8", "change 9"]);
});

test("when what was missed is gone, everything is read again", async () => {
  await line.hello(5);
  await line.says('event: resync\ndata: {"head":500}\n\n');
  await line.changes(501);

  expect(line.told).toEqual(["start", "reload", "change 501"]);
});

test("a server that knows less than we do was restored: everything is read again", async () => {
  await line.hello(5);
  await line.breaks();
  await vi.advanceTimersByTimeAsync(1_000);
  await line.hello(3);

  expect(line.told).toEqual(["start", "reload"]);
});

test("a stream the server ends in good order comes back without a word", async () => {
  await line.hello(5);
  await line.ends();
  await vi.advanceTimersByTimeAsync(600);
  await line.hello(5);

  expect(line.asked).toEqual([null, 5]);
  expect(line.states).toEqual(["connecting", "live", "live"]);
});

test("a server that has fallen silent is given up; heartbeats are not silence", async () => {
  await line.hello(5);
  await vi.advanceTimersByTimeAsync(30_000);
  await line.says(": \n\n");
  await vi.advanceTimersByTimeAsync(30_000);
  expect(line.asked).toEqual([null]);
  await vi.advanceTimersByTimeAsync(15_000);

  expect(line.asked).toEqual([null, 5]);
});

test("a stream that doesn't come through is asked for every few seconds instead, and tried again", async () => {
  line.log = [5];
  await vi.advanceTimersByTimeAsync(12_000);
  expect(line.states).toEqual(["connecting", "delayed"]);
  line.log = [5, 6, 7];
  await vi.advanceTimersByTimeAsync(4_000);
  line.log = [5, 6, 7, 8];
  await vi.advanceTimersByTimeAsync(4_000);

  expect(line.told.filter((told) => !told.startsWith("asked"))).toEqual(["start", "change 6", "change 7", "change 8"]);
  expect(line.asked).toEqual([null]);
  await vi.advanceTimersByTimeAsync(16_000);
  expect(line.asked).toEqual([null, 8]);
  await line.hello(8);
  expect(line.states.at(-1)).toBe("live");
});

test("while a stream doesn't come through, an ended session and a lost server are noticed as well", async () => {
  await vi.advanceTimersByTimeAsync(12_000);
  line.refuse = new Unreachable("gone");
  await vi.advanceTimersByTimeAsync(4_000);
  expect(line.states.at(-1)).toBe("reconnecting");
  line.refuse = new Problem(401, "Log in first.");
  await vi.advanceTimersByTimeAsync(30_000);

  expect(line.told.at(-1)).toBe("signed out");
});

test("what the page holds already is where it begins", async () => {
  hang();
  const another = new Line();
  hang = new LiveStream(another).listen({ ...another.ears, since: () => 41 });
  await vi.advanceTimersByTimeAsync(0);
  await another.hello(43);
  await another.changes(42, 43);

  expect(another.asked).toEqual([41]);
  expect(another.told).toEqual(["resume", "change 42", "change 43"]);
  expect(another.states).toEqual(["connecting", "live"]);
});

test("an ended session is said, and not asked again", async () => {
  line.refuse = new Problem(401, "Log in first.");
  await line.breaks();
  await vi.advanceTimersByTimeAsync(120_000);

  expect(line.told).toEqual(["signed out"]);
  expect(line.asked).toHaveLength(2);
});

test("a server that is away is asked again, less and less often, but at least every half minute", async () => {
  line.refuse = new Unreachable("gone");
  await line.breaks();
  await vi.advanceTimersByTimeAsync(60_000);
  const inTheFirstMinute = line.asked.length;
  await vi.advanceTimersByTimeAsync(300_000);

  expect(inTheFirstMinute).toBeGreaterThan(4);
  expect(inTheFirstMinute).toBeLessThan(13);
  expect(line.asked.length - inTheFirstMinute).toBeGreaterThanOrEqual(10);
});

test("the network's return is reason enough to try at once", async () => {
  line.refuse = new Unreachable("gone");
  await line.breaks();
  await vi.advanceTimersByTimeAsync(60_000);
  const before = line.asked.length;
  window.dispatchEvent(new Event("online"));
  await vi.advanceTimersByTimeAsync(0);

  expect(line.asked).toHaveLength(before + 1);
});

test("without a network the state is offline", async () => {
  vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
  await line.hello(5);
  window.dispatchEvent(new Event("offline"));
  await vi.advanceTimersByTimeAsync(0);

  expect(line.states.at(-1)).toBe("offline");
});

test("a page hidden for minutes lets go of the stream and goes on from there when it is seen again", async () => {
  await line.hello(5);
  await line.changes(6);
  await hidden(true);
  for (let minute = 0; minute < 10; minute++) {
    for (let beat = 0; beat < 4; beat++) {
      await vi.advanceTimersByTimeAsync(15_000);
      await line.says(": \n\n").catch(() => undefined); // nobody listens any more
    }
  }
  expect(line.asked).toEqual([null]);
  await hidden(false);
  await vi.advanceTimersByTimeAsync(1_000);

  expect(line.asked).toEqual([null, 6]);
});

test("after hanging up nothing is asked any more", async () => {
  await line.hello(5);
  hang();
  await vi.advanceTimersByTimeAsync(120_000);

  expect(line.asked).toEqual([null]);
});
