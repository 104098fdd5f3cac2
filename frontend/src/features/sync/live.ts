/**
 * Holds the stream of a person's changes open: each change once, in order, whatever breaks in between.
 *
 * It is fetch and not EventSource, because that one says neither that the session is over nor that the server has
 * fallen silent. Where it stopped is remembered here as the last number in an unbroken row, and every new
 * connection resumes from it.
 */
import { ask, heard } from "../../api/client";
import { isUnauthorised, Problem, Unreachable } from "../../api/problem";
import type { Answer } from "../../api/client";
import type { Change } from "../../api/types";
import { frames } from "./frames";

export type LiveState = "connecting" | "live" | "delayed" | "reconnecting" | "offline";

export interface Ears {
  /** Where to begin: the last change that is held, which may have been kept from an earlier visit. */
  since: () => number | null;
  onState: (state: LiveState) => void;
  /** The stream begins; what was read before it may miss a change. */
  onStart: () => void;
  /** The stream goes on from where it stopped. */
  onResume: () => void;
  onChange: (change: Change) => void;
  /** What was missed is no longer kept: everything has to be read again. */
  onReload: () => void;
  onSignedOut: () => void;
}

export interface Server {
  open: (since: number | null, signal: AbortSignal) => Promise<ReadableStream<Uint8Array>>;
  missed: (since: number, signal: AbortSignal) => Promise<Answer<"get", "/api/changes">>;
}

/** Heartbeats come every 15 s. */
const SILENCE = 40_000;
/** A connection the server ended in good order may take this long to come back before we speak of it. */
const GRACE = 2_000;
/** After this long in a hidden tab the stream is closed, so that the server can sleep. */
const HIDDEN = 5 * 60_000;

export class LiveStream {
  #since: number | null = null;
  readonly #server: Server;

  constructor(server: Server = taskora) {
    this.#server = server;
  }

  /** Listen until the function that comes back is called; listening again goes on from there. */
  listen(ears: Ears): () => void {
    const over = new AbortController();
    void this.#run(ears, over.signal);
    return () => {
      over.abort();
    };
  }

  async #run(ears: Ears, over: AbortSignal): Promise<void> {
    const isOver = () => over.aborted;
    let failures = 0;
    this.#since ??= ears.since();
    ears.onState(this.#since === null ? "connecting" : "reconnecting");
    while (!isOver()) {
      await shown(over);
      if (isOver()) return;
      const attempt = new AbortController();
      const signal = AbortSignal.any([over, attempt.signal]);
      whenHiddenLong(signal, () => {
        attempt.abort();
      });
      // The machine has lost its network. The server may still be there, on this machine; so this only means: try again.
      window.addEventListener(
        "offline",
        () => {
          attempt.abort();
        },
        { signal },
      );
      try {
        await this.#hold(ears, signal, () => {
          failures = 0;
        });
      } catch (error) {
        if (isOver()) return;
        if (isUnauthorised(error)) {
          ears.onSignedOut();
          return;
        }
        if (!isConnectionTrouble(error)) reportError(error);
        failures += 1;
        ears.onState(navigator.onLine ? "reconnecting" : "offline");
      } finally {
        attempt.abort();
      }
      await restOrWake(pause(failures), over);
    }
  }

  /** One connection, until the server ends it (returns) or it breaks (throws). */
  async #hold(ears: Ears, signal: AbortSignal, onHello: () => void): Promise<void> {
    const lost = new AbortController();
    let silence = 0;
    const onBytes = () => {
      clearTimeout(silence);
      silence = window.setTimeout(() => {
        lost.abort();
      }, SILENCE);
    };
    const grace = window.setTimeout(() => {
      if (this.#since !== null) ears.onState("reconnecting");
    }, GRACE);
    const connection = AbortSignal.any([signal, lost.signal]);
    const told = { greeted: false };
    try {
      onBytes();
      for await (const { event, data } of frames(await this.#server.open(this.#since, connection), onBytes)) {
        if (event === "hello") {
          clearTimeout(grace);
          told.greeted = true;
          onHello();
          this.#greet(JSON.parse(data) as { head: number; degraded: boolean }, ears);
        } else if (event === "resync") {
          this.#startOver((JSON.parse(data) as { head: number }).head, ears);
        } else if (event === "status") {
          ears.onState((JSON.parse(data) as { degraded: boolean }).degraded ? "delayed" : "live");
        } else if (event === "message") {
          await this.#take(JSON.parse(data) as Change, ears, connection);
        }
      }
      if (!told.greeted) throw new Unreachable("the stream ended before it began");
    } finally {
      clearTimeout(silence);
      clearTimeout(grace);
    }
  }

  #greet(hello: { head: number; degraded: boolean }, ears: Ears): void {
    if (this.#since === null) {
      this.#since = hello.head;
      ears.onStart();
    } else if (hello.head < this.#since) {
      this.#startOver(hello.head, ears); // the server knows less than we do: it was restored from a backup
    } else {
      ears.onResume();
    }
    ears.onState(hello.degraded ? "delayed" : "live");
  }

  #startOver(head: number, ears: Ears): void {
    this.#since = head;
    ears.onReload();
  }

  async #take(change: Change, ears: Ears, signal: AbortSignal): Promise<void> {
    if (this.#since !== null && change.sequence > this.#since + 1) await this.#catchUp(this.#since, ears, signal);
    this.#tell(change, ears);
  }

  /** A number was left out: ask for everything after the last one we have. */
  async #catchUp(since: number, ears: Ears, signal: AbortSignal): Promise<void> {
    const answer = await this.#server.missed(since, signal);
    if (answer.resync) {
      this.#startOver(answer.head, ears);
      return;
    }
    for (const change of answer.items) this.#tell(change, ears);
    const reached = this.#since ?? since;
    if (reached > since && reached < answer.head) await this.#catchUp(reached, ears, signal);
  }

  #tell(change: Change, ears: Ears): void {
    if (this.#since !== null && change.sequence <= this.#since) return;
    this.#since = change.sequence;
    ears.onChange(change);
  }
}

const taskora: Server = {
  async open(since, signal) {
    const query = since === null ? "" : `?since=${since}`;
    const response = await heard(`/api/events/stream${query}`, { headers: { accept: "text/event-stream" }, signal });
    if (response.body === null) throw new Problem(response.status, "The answer did not come from Taskora.");
    return response.body;
  },
  missed: (since, signal) => ask("get", "/api/changes", { query: { since }, signal }),
};

const isConnectionTrouble = (error: unknown): boolean =>
  error instanceof Unreachable || error instanceof Problem || (error instanceof DOMException && error.name === "AbortError");

/** Each client waits its own time, so that not everybody comes back at once. */
function pause(failures: number): number {
  return Math.min(30_000, 500 * 2 ** failures) * (0.5 + Math.random() / 2);
}

/** Wait; but come back at once when there is a reason to hope. */
function restOrWake(wait: number, over: AbortSignal): Promise<void> {
  return until(over, (wake, signal) => {
    const timer = setTimeout(wake, wait);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
    });
    window.addEventListener("online", wake, { signal });
    document.addEventListener("visibilitychange", wake, { signal });
  });
}

/** Settled once somebody can see the page. */
function shown(over: AbortSignal): Promise<void> {
  if (!document.hidden) return Promise.resolve();
  return until(over, (wake, signal) => {
    document.addEventListener("visibilitychange", wake, { signal });
  });
}

/** A promise of whatever comes first: what `arrange` waits for, or the end of it all. Its listeners go with it. */
function until(over: AbortSignal, arrange: (wake: () => void, signal: AbortSignal) => void): Promise<void> {
  return new Promise((resolve) => {
    const done = new AbortController();
    const wake = () => {
      done.abort();
      resolve();
    };
    over.addEventListener("abort", wake, { signal: done.signal });
    arrange(wake, done.signal);
    if (over.aborted) wake();
  });
}

function whenHiddenLong(signal: AbortSignal, act: () => void): void {
  let timer = 0;
  const look = () => {
    clearTimeout(timer);
    if (document.hidden) timer = window.setTimeout(act, HIDDEN);
  };
  document.addEventListener("visibilitychange", look, { signal });
  signal.addEventListener("abort", () => {
    clearTimeout(timer);
  });
  look();
}
