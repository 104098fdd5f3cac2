import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { Task } from "../api/types";
import { plain } from "../features/tasks/plain";
import { App } from "./App";

const alice = { id: "a", email: "alice@example.org", name: "Alice", zone: "UTC", created_at: "2026-11-20T10:00:00.000000Z" };
const milk: Task = {
  ...plain,
  id: "1",
  title: "Buy milk",
  list: "inbox",
  position: "a0",
  created_at: "2026-11-20T10:00:00.000000Z",
  updated_at: "2026-11-20T10:00:00.000000Z",
  version: 1,
};

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
    .answers("GET /api/tasks", 200, { items: [milk], next: null })
    .does("GET /api/events/stream", () => new Response(stream.body));
  stream = new Stream();
  stream.says("hello", { head: 0, degraded: false });
  vi.stubGlobal("fetch", server.fetch);
});

const open = () => {
  render(<App />);
  return userEvent.setup();
};

const milkBox = () => screen.findByRole<HTMLInputElement>("checkbox", { name: "Buy milk" });

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
    expect(screen.queryByLabelText("New task")).toBeNull();
  });

  test("is finished by the mail's link and the password", async () => {
    window.history.replaceState(null, "", "/confirm#token=abc");
    server.answers("GET /api/me", ...refused(401, "Log in first.")).answers("POST /api/auth/register/confirm", 201, alice);
    const person = open();

    await person.type(await screen.findByLabelText("Password"), "a good password");
    await person.click(screen.getByRole("button", { name: "Confirm" }));

    await milkBox();
    expect(server.askedFor("POST /api/auth/register/confirm")[0]?.body).toEqual({ token: "abc", password: "a good password" });
    expect(window.location.pathname + window.location.hash).toBe("/");
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

  test("again after the session has ended finds what was typed before", async () => {
    const person = open();
    await person.type(await screen.findByLabelText("New task"), "Half a thou");
    await milkBox();
    server.answers("PATCH /api/tasks/1", ...refused(401, "Log in first.")).answers("POST /api/auth/login", 200, alice);

    await person.click(await milkBox());
    await screen.findByText(/Your session has ended/);
    expect(screen.queryByRole("checkbox")).toBeNull();
    await person.type(screen.getByLabelText("Password"), "my password");
    await person.click(screen.getByRole("button", { name: "Log in" }));

    await milkBox();
    expect(screen.getByLabelText<HTMLInputElement>("New task").value).toBe("Half a thou");
  });

  test("as somebody else finds nothing of the one before", async () => {
    const person = open();
    await person.type(await screen.findByLabelText("New task"), "Half a thou");
    server
      .answers("PATCH /api/tasks/1", ...refused(401, "Log in first."))
      .answers("POST /api/auth/login", 200, { ...alice, id: "m", name: "Mallory" })
      .answers("GET /api/tasks", 200, { items: [], next: null });

    await person.click(await milkBox());
    await person.type(await screen.findByLabelText("Password"), "my password");
    await person.click(screen.getByRole("button", { name: "Log in" }));

    await screen.findByText(/Nothing to do/);
    expect(screen.queryByText("Buy milk")).toBeNull();
    expect(screen.getByLabelText<HTMLInputElement>("New task").value).toBe("");
  });
});

describe("a task that is added", () => {
  test("stands in the list before the server has answered", async () => {
    server.does("POST /api/tasks", () => new Promise(() => undefined));
    const person = open();
    await milkBox();

    await person.type(screen.getByLabelText("New task"), "Write{Enter}");

    expect(await screen.findByRole("checkbox", { name: "Write" })).toBeDefined();
    expect(screen.getByLabelText<HTMLInputElement>("New task").value).toBe("");
  });

  test("and refused is kept with the reason, and tried again under the same key", async () => {
    server.answers("POST /api/tasks", ...refused(422, "title: too dull"));
    const person = open();
    await milkBox();
    await person.type(screen.getByLabelText("New task"), "Write{Enter}");
    await screen.findByText("Not saved. title: too dull");
    expect(screen.queryByRole("checkbox", { name: "Write" })).toBeNull();

    server.does("POST /api/tasks", ({ body }) => json(201, { ...milk, ...body }));
    await person.click(screen.getByRole("button", { name: "Try again" }));

    await screen.findByRole("checkbox", { name: "Write" });
    expect(screen.queryByText(/Not saved/)).toBeNull();
    const keys = server.askedFor("POST /api/tasks").map(({ headers }) => headers.get("idempotency-key"));
    expect(keys[0]).toBeTruthy();
    expect(keys).toEqual([keys[0], keys[0]]);
  });
});

describe("a task that is finished", () => {
  test("is ticked at once, and not any more when the server refuses", async () => {
    let refuse: (response: Response) => void = () => undefined;
    server.does("PATCH /api/tasks/1", () => new Promise((resolve) => { refuse = resolve; }));
    const person = open();

    await person.click(await milkBox());
    await waitFor(async () => { expect((await milkBox()).checked).toBe(true); });
    refuse(json(...refused(500, "Something is broken here.")));

    await screen.findByText("“Buy milk” was not changed. Something is broken here.");
    expect((await milkBox()).checked).toBe(false);
  });
});

describe("a task edited here and elsewhere", () => {
  const elsewhere = (theirs: Partial<Task>) => {
    const current = { ...milk, ...theirs, version: 2 };
    server.does("PATCH /api/tasks/1", ({ body, headers }) =>
      headers.get("if-match") === '"2"'
        ? json(200, { ...current, ...body, version: 3 })
        : json(...refused(412, "It changed.", { current })),
    );
  };

  async function rename(person: ReturnType<typeof userEvent.setup>, title: string): Promise<void> {
    await person.click(await screen.findByRole("button", { name: "Edit Buy milk" }));
    await person.clear(screen.getByLabelText("Title"));
    await person.type(screen.getByLabelText("Title"), title);
    await person.click(screen.getByRole("button", { name: "Save" }));
  }

  test("in different fields has both changes, without a question", async () => {
    elsewhere({ notes: "two litres" });
    const person = open();

    await rename(person, "Buy oat milk");

    await screen.findByText("two litres");
    expect(screen.getByRole("checkbox", { name: "Buy oat milk" })).toBeDefined();
    expect(server.askedFor("PATCH /api/tasks/1").map(({ body }) => body)).toEqual([{ title: "Buy oat milk" }, { title: "Buy oat milk" }]);
  });

  test("in the same field asks, with what was typed still there", async () => {
    elsewhere({ title: "Buy soy milk" });
    const person = open();

    await rename(person, "Buy oat milk");

    await screen.findByText(/changed meanwhile: its title is now “Buy soy milk”/);
    expect(screen.getByLabelText<HTMLInputElement>("Title").value).toBe("Buy oat milk");
    await person.click(screen.getByRole("button", { name: "Save mine over it" }));
    await screen.findByRole("checkbox", { name: "Buy oat milk" });
    expect(screen.queryByRole("form", { name: /Edit/ })).toBeNull();
  });

  test("can take what the other one wrote", async () => {
    elsewhere({ title: "Buy soy milk" });
    const person = open();
    await rename(person, "Buy oat milk");

    await person.click(await screen.findByRole("button", { name: "Take theirs" }));

    expect(screen.getByLabelText<HTMLInputElement>("Title").value).toBe("Buy soy milk");
  });

  test("and deleted elsewhere keeps what was typed", async () => {
    server.answers("PATCH /api/tasks/1", ...refused(404, "There is no task 1."));
    const person = open();

    await rename(person, "Buy oat milk");

    await screen.findByText(/deleted elsewhere/);
    expect(screen.getByLabelText<HTMLInputElement>("Title").value).toBe("Buy oat milk");
    await person.click(screen.getByRole("button", { name: "Cancel" }));
    await screen.findByText(/Nothing to do/);
  });
});

test("a long list is shown page by page", async () => {
  const bread = { ...milk, id: "2", title: "Bake bread", created_at: "2026-11-19T10:00:00.000000Z" };
  server.answers("GET /api/tasks", 200, { items: [milk], next: "after milk" });
  const person = open();
  await milkBox();
  server.answers("GET /api/tasks", 200, { items: [bread], next: null });

  await person.click(screen.getByRole("button", { name: "Show more" }));

  await screen.findByRole("checkbox", { name: "Bake bread" });
  expect(within(screen.getByRole("list", { name: "To do" })).getAllByRole("checkbox")).toHaveLength(2);
  expect(screen.queryByRole("button", { name: "Show more" })).toBeNull();
});

test("a list that cannot be loaded says why, and can be asked for again", async () => {
  server.answers("GET /api/tasks", ...refused(500, "Something is broken here."));
  const person = open();
  await screen.findByText(/could not be loaded. Something is broken here./);
  expect(screen.getByText("Request r1")).toBeDefined();
  server.answers("GET /api/tasks", 200, { items: [milk], next: null });

  await person.click(screen.getByRole("button", { name: "Try again" }));

  await milkBox();
});

describe("the stream", () => {
  test("begins, and a list that was asked for before it is asked for again", async () => {
    stream = new Stream();
    open();
    await milkBox();
    server.answers("GET /api/tasks", 200, { items: [{ ...milk, id: "2", title: "Bake bread" }], next: null });

    stream.says("hello", { head: 7, degraded: false });

    await screen.findByRole("checkbox", { name: "Bake bread" });
    expect(screen.queryByRole("checkbox", { name: "Buy milk" })).toBeNull();
  });

  test("begins while the list is on its way, and its answer is not taken for the newest", async () => {
    stream = new Stream();
    let late: (response: Response) => void = () => undefined;
    server.does("GET /api/tasks", () => new Promise((resolve) => { late = resolve; }));
    open();
    await waitFor(() => { expect(server.askedFor("GET /api/tasks")).toHaveLength(1); });
    const first = late;

    stream.says("hello", { head: 7, degraded: false });
    await waitFor(() => { expect(server.askedFor("GET /api/tasks")).toHaveLength(2); });
    first(json(200, { items: [milk], next: null }));
    late(json(200, { items: [], next: null }));

    await screen.findByText(/Nothing to do/);
  });

  test("has lost what was missed, and everything is read anew", async () => {
    open();
    await milkBox();
    await screen.findByText("Live");
    server.answers("GET /api/tasks", 200, { items: [{ ...milk, version: 1, title: "Restored from a backup" }], next: null });

    stream.says("resync", { head: 3 });

    await screen.findByRole("checkbox", { name: "Restored from a backup" });
  });

  test("says when it is only looked at now and then", async () => {
    open();
    await screen.findByText("Live");

    stream.says("status", { degraded: true });

    await screen.findByText("Live, with delay");
  });
});

test("a task is deleted only after a second click", async () => {
  server.answers("DELETE /api/tasks/1", 204);
  const person = open();

  await person.click(await screen.findByRole("button", { name: "Delete Buy milk" }));
  expect(server.askedFor("DELETE /api/tasks/1")).toHaveLength(0);
  await person.click(screen.getByRole("button", { name: "Delete for good" }));

  await screen.findByText(/Nothing to do/);
  expect(server.askedFor("DELETE /api/tasks/1")).toHaveLength(1);
  expect(document.activeElement).toBe(screen.getByLabelText("New task"));
});
