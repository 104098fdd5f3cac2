import "fake-indexeddb/auto";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { App } from "./App";

const alice = { id: "a", email: "alice@example.org", name: "Alice", zone: "UTC", locale: "en", week_start: "monday", theme: "system", created_at: "2026-11-20T10:00:00.000000Z" };

interface Asked {
  body: Record<string, unknown>;
  headers: Headers;
}

/** What the server answers, by method and path; the newest answer counts. */
class Server {
  readonly #answers = new Map<string, (asked: Asked) => Response | Promise<Response>>();
  readonly asked: (Asked & { what: string })[] = [];

  answers(what: string, status: number, body: unknown = null): this {
    return this.does(what, () => json(status, body));
  }

  does(what: string, answer: (asked: Asked) => Response | Promise<Response>): this {
    this.#answers.set(what, answer);
    return this;
  }

  readonly fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const what = `${init.method ?? "GET"} ${url.replace(/\?.*/, "")}`;
    const body = typeof init.body === "string" ? (JSON.parse(init.body) as Record<string, unknown>) : {};
    const asked = { what, body, headers: new Headers(init.headers) };
    this.asked.push(asked);
    return (await this.#answers.get(what)?.(asked)) ?? json(404, { detail: `There is nothing at ${what}.` });
  };

  askedFor(what: string): Asked[] {
    return this.asked.filter((asked) => asked.what === what);
  }
}

const json = (status: number, body: unknown): Response =>
  new Response(status === 204 ? null : JSON.stringify(body), { status, headers: { "x-request-id": "r1" } });

const refused = (status: number, detail: string, more = {}): [number, unknown] => [status, { detail, ...more }];

class Stream {
  #end: ReadableStreamDefaultController<Uint8Array> | null = null;
  readonly body = new ReadableStream<Uint8Array>({
    start: (end) => {
      this.#end = end;
    },
  });

  says(event: string, data: unknown): void {
    this.#end?.enqueue(new TextEncoder().encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`));
  }
}

let server: Server;
let stream: Stream;

beforeEach(() => {
  window.history.replaceState(null, "", "/");
  server = new Server()
    .answers("GET /api/me", 200, alice)
    .answers("GET /api/tasks", 200, { items: [], next: null })
    .does("GET /api/events/stream", () => new Response(stream.body));
  stream = new Stream();
  stream.says("hello", { head: 0, degraded: false });
  vi.stubGlobal("fetch", server.fetch);
});

const open = () => {
  render(<App />);
  return userEvent.setup();
};

describe("making an account", () => {
  test("by mail says to look for one, and not whether there was an account", async () => {
    window.history.replaceState(null, "", "/?enter=new");
    server
      .answers("GET /api/me", ...refused(401, "Log in first."))
      .answers("POST /api/auth/register", 202, { detail: "A mail is on its way to you." });
    const person = open();

    await person.type(await screen.findByLabelText("E-mail"), "alice@example.org");
    await person.type(screen.getByLabelText("Password"), "a good password");
    await person.click(screen.getByRole("button", { name: "Make my account" }));

    await screen.findByText("A mail is on its way to you.");
    expect(document.activeElement?.textContent).toBe("Look at your mail");
  });

  test("is finished by the mail's link and the password", async () => {
    window.history.replaceState(null, "", "/confirm#token=abc");
    server.answers("GET /api/me", ...refused(401, "Log in first.")).answers("POST /api/auth/register/confirm", 201, alice);
    const person = open();

    await person.type(await screen.findByLabelText("Password"), "a good password");
    await person.click(screen.getByRole("button", { name: "Confirm" }));

    await screen.findByRole("heading", { name: "Today" });
    expect(server.askedFor("POST /api/auth/register/confirm")[0]?.body).toEqual({ token: "abc", password: "a good password" });
    expect(window.location.pathname + window.location.hash).toBe("/today");
  });
});

describe("logging in", () => {
  test("says why it was refused, and keeps the e-mail", async () => {
    server.answers("GET /api/me", ...refused(401, "Log in first.")).answers("POST /api/auth/login", ...refused(401, "That is not right."));
    const person = open();

    await person.type(await screen.findByLabelText("E-mail"), "alice@example.org");
    await person.type(screen.getByLabelText("Password"), "not my password");
    await person.click(screen.getByRole("button", { name: "Log in" }));

    expect((await screen.findByRole("alert")).textContent).toContain("That is not right.");
    expect(screen.getByLabelText<HTMLInputElement>("E-mail").value).toBe("alice@example.org");
  });
});
