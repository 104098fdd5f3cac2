/**
 * Holds the stream of a person's changes open: each change once, in order, whatever breaks in between.
 *
 * It is fetch and not EventSource, because that one says neither that the session is over nor that the server has
 * fallen silent. Where it stopped is remembered here as the last number in an unbroken row, and every new
 * connection resumes from it. Where no stream comes through, as behind a proxy that keeps it for itself until it ends,
 * the same is asked for every few seconds.
 */
import { askAs, heard, meant } from "../../api/client";
import { isUnauthorised, Problem, Unreachable } from "../../api/problem";
import type { Answer } from "../../api/client";
import type { Change } from "../../api/types";
import { pauseAfter, restOrWake, until } from "../../data/waiting";
import { frames } from "./frames";
import * as say from "./words";

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
  /** Null: only how far it goes now. */
  missed: (since: number | null, signal: AbortSignal) => Promise<Answer<"get", "/api/changes">>;
}

/** Heartbeats come every 15 s. */
const SILENCE = 40_000;
/** A stream that has not said hello by then does not come through; starting the server takes less. */
const MUTE = 12_000;
/** Then what happened is asked for this often, */
const POLL = 4_000;
/** and the stream is tried again: soon, for the server may only have been slow, and then less and less often. */
const POLLING = [20_000, 60_000];
const LONGEST = 5 * 60_000;
/** A connection the server ended in good order may take this long to come back before we speak of it. */
const GRACE = 2_000;
/** After this long in a hidden tab the stream is closed, so that the server can sleep. */
const HIDDEN = 5 * 60_000;

/** Its connection was taken, and nothing of it arrives. */
class Mute extends Error {}

export class LiveStream {
  #since: number | null = null;
  #hasBegun = false;
  /** How often in a row it did not come through. */
  #mutes = 0;
  readonly #server: Server;

  constructor(server: Server) {
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
    ears.onState(this.#hasBegun ? "reconnecting" : "connecting");
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
        await this.#follow(ears, signal, () => {
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
      await restOrWake(pauseAfter(failures), over);
    }
  }

  /** By the stream; and for a while by asking, where that doesn't come through. */
  async #follow(ears: Ears, signal: AbortSignal, onHello: () => void): Promise<void> {
    try {
      await this.#hold(ears, signal, onHello);
    } catch (error) {
      if (!(error instanceof Mute)) throw error;
      const long = POLLING[this.#mutes] ?? LONGEST;
      this.#mutes += 1;
      await this.#poll(ears, long, signal);
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
      if (this.#hasBegun && this.#mutes === 0) ears.onState("reconnecting");
    }, GRACE);
    const connection = AbortSignal.any([signal, lost.signal]);
    const told = { greeted: false, mute: false };
    const mute = window.setTimeout(() => {
      told.mute = true;
      lost.abort();
    }, MUTE);
    try {
      onBytes();
      for await (const { event, data } of frames(await this.#server.open(this.#since, connection), onBytes)) {
        if (event === "hello") {
          clearTimeout(grace);
          clearTimeout(mute);
          told.greeted = true;
          this.#mutes = 0;
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
    } catch (error) {
      if (told.mute && !signal.aborted) throw new Mute();
      throw error;
    } finally {
      clearTimeout(silence);
      clearTimeout(grace);
      clearTimeout(mute);
    }
  }

  /** Ask what happened, every few seconds, for so long. */
  async #poll(ears: Ears, long: number, signal: AbortSignal): Promise<void> {
    const end = Date.now() + long;
    while (!signal.aborted) {
      if (this.#since === null) {
        this.#since = (await this.#server.missed(null, signal)).head;
        ears.onStart();
      } else {
        await this.#catchUp(this.#since, ears, signal);
      }
      this.#hasBegun = true;
      ears.onState("delayed");
      if (Date.now() >= end) return;
      await restOrWake(POLL, signal);
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
    this.#hasBegun = true;
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
    if (answer.resync || answer.head < since) {
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

export const taskora = (user: string): Server => ({
  async open(since, signal) {
    const query = since === null ? "" : `?since=${since}`;
    const response = await heard(`/api/events/stream${query}`, { headers: { accept: "text/event-stream", ...meant(user) }, signal });
    if (response.body === null) throw new Problem(response.status, say.notFromTaskora);
    return response.body;
  },
  missed: (since, signal) => askAs(user)("get", "/api/changes", { query: since === null ? {} : { since }, signal }),
});

const isConnectionTrouble = (error: unknown): boolean =>
  error instanceof Unreachable || error instanceof Problem || (error instanceof DOMException && error.name === "AbortError");

/** Settled once somebody can see the page. */
function shown(over: AbortSignal): Promise<void> {
  if (!document.hidden) return Promise.resolve();
  return until(over, (wake, signal) => {
    document.addEventListener("visibilitychange", wake, { signal });
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
