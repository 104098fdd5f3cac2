/** A server that answers as it is told, and patience for what becomes of that. */
import { expect, vi } from "vitest";
import type { Change, Task } from "../api/types";
import { aList, aTask, INBOX } from "./tasksForTests";

export interface Asked {
  method: string;
  path: string;
  body: unknown;
  headers: Headers;
}

type Answer = { status: number; body?: unknown; activity?: string; isRepeated?: boolean } | "unreachable";

/** As soon as it holds: a busy machine takes its time. */
export const eventually = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 10_000 });

/** Answers reads with what it has, and each write by the first rule that knows it. */
export class Server {
  readonly asked: Asked[] = [];
  /** The paths of what was read. */
  read: string[] = [];
  tasks: Task[] = [aTask({ id: "milk", title: "Buy milk" })];
  changes: Partial<Change>[] = [];
  head = 10;
  rules: ((asked: Asked) => Answer | undefined)[] = [];
  /** So many times more tasks can't be read. */
  failing = 0;
  /** Until then nobody gets an answer but to the question what has changed. */
  held: Promise<void> = Promise.resolve();

  fetch = async (url: string, { method = "GET", body, headers }: RequestInit): Promise<Response> => {
    const address = new URL(url, "http://taskora.test");
    const asked = { method, path: address.pathname, body: typeof body === "string" ? (JSON.parse(body) as unknown) : null, headers: new Headers(headers) };
    const answer = method === "GET" ? this.#read(address) : this.#write(asked);
    if (address.pathname !== "/api/changes") await this.held;
    if (answer === "unreachable") throw new TypeError("no network");
    const named = { ...(answer.activity !== undefined && { "taskora-activity": answer.activity }), ...(answer.isRepeated && { "idempotency-replayed": "true" }) };
    return Promise.resolve(new Response(answer.body === undefined ? null : typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body), { status: answer.status, headers: named }));
  };

  writes(): string[] {
    return this.asked.map(({ method, path }) => `${method} ${path}`);
  }

  /** Settled once so many writes have come. */
  async heard(count: number): Promise<void> {
    await eventually(() => {
      expect(this.asked.length).toBeGreaterThanOrEqual(count);
    });
  }

  #read({ pathname, searchParams }: URL): Answer {
    this.read.push(pathname);
    if (pathname === "/api/changes") {
      const since = searchParams.get("since");
      return { status: 200, body: { items: since === null ? [] : this.changes.filter(({ sequence }) => Number(sequence) > Number(since)), head: this.head, resync: false } };
    }
    if (pathname === "/api/tasks" && this.failing > 0) {
      this.failing -= 1;
      return "unreachable";
    }
    const items = { "/api/tasks": [...this.tasks], "/api/lists": [aList({ id: INBOX, inbox: true })] }[pathname] ?? [];
    return { status: 200, body: { items, next: null } };
  }

  #write(asked: Asked): Answer {
    this.asked.push(asked);
    for (const rule of this.rules) {
      const answer = rule(asked);
      if (answer !== undefined) return answer;
    }
    return { status: 200, body: {} };
  }
}
