import "fake-indexeddb/auto";
import { onlineManager } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { List, User } from "../api/types";
import { keepDraft, readDraft } from "../data/drafts";
import { App } from "./App";

vi.mock("../features/find/Search", () => ({
  Search: () => {
    throw new Error("It is broken.");
  },
}));

const moment = "2026-11-20T10:00:00.000000Z";
let people = 0;
/** Somebody new for each test, of whom nothing is kept in this browser. */
const somebody = (name: string): User => ({
  id: `person-${++people}`,
  email: "alice@example.org",
  name,
  zone: "UTC",
  locale: "en",
  week_start: "monday",
  theme: "system",
  has_password: true,
  created_at: moment,
});
const list = (id: string, name: string, inbox = false): List => ({ id, name, color: null, position: id, archived: false, inbox, created_at: moment, updated_at: moment, version: 1 });

/** What the server answers, by method and path; the newest answer counts. */
class Server {
  readonly #answers = new Map<string, () => Response | Promise<Response>>();
  readonly asked: { what: string; body: Record<string, unknown> }[] = [];

  answers(what: string, status: number, body: unknown = null): this {
    return this.does(what, () => json(status, body));
  }

  does(what: string, answer: () => Response | Promise<Response>): this {
    this.#answers.set(what, answer);
    return this;
  }

  readonly fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const what = `${init.method ?? "GET"} ${url.replace(/\?.*/, "")}`;
    const body = typeof init.body === "string" ? (JSON.parse(init.body) as Record<string, unknown>) : {};
    this.asked.push({ what, body });
    return (await this.#answers.get(what)?.()) ?? json(404, { detail: `There is nothing at ${what}.` });
  };

  askedFor(what: string): Record<string, unknown>[] {
    return this.asked.filter((asked) => asked.what === what).map(({ body }) => body);
  }
}

const json = (status: number, body: unknown): Response =>
  new Response(status === 204 ? null : JSON.stringify(body), { status, headers: { "x-request-id": "r1" } });

const nothing = { items: [], next: null };

let server: Server;
let alice: User;

beforeEach(() => {
  window.history.replaceState(null, "", "/");
  localStorage.clear();
  alice = somebody("Alice");
  server = new Server()
    .answers("GET /api/me", 200, alice)
    .answers("GET /api/auth/methods", 200, { oidc: null })
    .answers("GET /api/changes", 200, { items: [], head: 7, resync: false })
    .answers("GET /api/tasks", 200, nothing)
    .answers("GET /api/lists", 200, { items: [list("1", "Inbox", true), list("2", "Home")], next: null })
    .answers("GET /api/tags", 200, nothing)
    .answers("GET /api/filters", 200, nothing);
  vi.stubGlobal("fetch", server.fetch);
});

const open = () => {
  render(<App />);
  return userEvent.setup();
};

async function newList(person: ReturnType<typeof userEvent.setup>, name: string): Promise<void> {
  await person.click(await screen.findByRole("button", { name: "New list" }));
  await person.type(await screen.findByLabelText("Name"), name);
}

const title = (name: string) => screen.findByRole("heading", { level: 1, name });

describe("making an account", () => {
  beforeEach(() => {
    server.answers("GET /api/me", 401, { detail: "Log in first." });
  });

  test("by mail says to look for one, and not whether there was an account", async () => {
    window.history.replaceState(null, "", "/?enter=new");
    server.answers("POST /api/auth/register", 202, { detail: "A mail is on its way to you." });
    const person = open();

    await person.type(await screen.findByLabelText("E-mail"), "alice@example.org");
    await person.type(screen.getByLabelText("Password"), "a good password");
    await person.click(screen.getByRole("button", { name: "Make my account" }));

    await screen.findByText("A mail is on its way to you.");
    expect(document.activeElement?.textContent).toBe("Look at your mail");
  });

  test("is finished by the mail's link and the password", async () => {
    window.history.replaceState(null, "", "/confirm#token=abc");
    server.answers("POST /api/auth/register/confirm", 201, alice);
    const person = open();

    await person.type(await screen.findByLabelText("Password"), "a good password");
    await person.click(screen.getByRole("button", { name: "Confirm" }));

    await title("Today");
    expect(server.askedFor("POST /api/auth/register/confirm")).toEqual([{ token: "abc", password: "a good password" }]);
    expect(window.location.pathname + window.location.hash).toBe("/today");
  });
});

describe("logging in", () => {
  test("says why it was refused, and keeps the e-mail", async () => {
    server.answers("GET /api/me", 401, { detail: "Log in first." }).answers("POST /api/auth/login", 401, { detail: "That is not right." });
    const person = open();

    await person.type(await screen.findByLabelText("E-mail"), "alice@example.org");
    await person.type(screen.getByLabelText("Password"), "not my password");
    await person.click(screen.getByRole("button", { name: "Log in" }));

    expect((await screen.findByRole("alert")).textContent).toContain("That is not right.");
    expect(screen.getByLabelText<HTMLInputElement>("E-mail").value).toBe("alice@example.org");
  });

  test("again after the session has ended finds what was typed before", async () => {
    let end: (answer: Response) => void = () => undefined;
    server.does("POST /api/lists", () => new Promise((resolve) => { end = resolve; })).answers("POST /api/auth/login", 200, alice);
    const person = open();
    await newList(person, "Garden");
    await person.click(screen.getByRole("button", { name: "Add" }));
    await newList(person, "Half a thou");
    await waitFor(() => {
      expect(server.askedFor("POST /api/lists")).toHaveLength(1);
    });

    server.answers("GET /api/me", 401, { detail: "Log in first." });
    end(json(401, { detail: "Log in first." }));

    await screen.findByText(/Your session has ended/);
    expect(screen.queryByRole("heading", { name: "Today" })).toBeNull();
    await waitFor(() => {
      expect(screen.queryByRole("dialog")).toBeNull();
    });
    await person.type(screen.getByLabelText("Password"), "my password");
    await person.click(screen.getByRole("button", { name: "Log in" }));

    expect((await screen.findByLabelText<HTMLInputElement>("Name")).value).toBe("Half a thou");
    expect(screen.getByText("Garden")).toBeDefined();
  });

  test("as somebody else finds nothing of the one before", async () => {
    const person = open();
    await screen.findByRole("link", { name: "Home" });
    const mallory = somebody("Mallory");
    server
      .answers("POST /api/auth/logout", 204)
      .answers("POST /api/auth/login", 200, mallory)
      .answers("GET /api/lists", 200, { items: [list("3", "Inbox", true)], next: null });

    await person.click(await screen.findByRole("button", { name: "Log out" }));
    await person.type(await screen.findByLabelText("E-mail"), "mallory@example.org");
    await person.type(screen.getByLabelText("Password"), "my password");
    await person.click(screen.getByRole("button", { name: "Log in" }));

    await screen.findByText("Mallory");
    expect(screen.queryByRole("link", { name: "Home" })).toBeNull();
  });
});

test("logging out without a network is said to have failed, and not done later", async () => {
  const person = open();
  await screen.findByRole("link", { name: "Home" });
  onlineManager.setOnline(false);
  server.does("POST /api/auth/logout", () => Promise.reject(new TypeError("Failed to fetch")));

  await person.click(await screen.findByRole("button", { name: "Log out" }));

  await screen.findByText(/still logged in/);
  onlineManager.setOnline(true);
  expect(server.askedFor("POST /api/auth/logout")).toHaveLength(1);
});

test("logging out in another tab is logging out here, and takes along what was typed", async () => {
  open();
  await screen.findByRole("link", { name: "Home" });
  keepDraft(`${alice.id}/task`, { text: "Half a thou", base: "" });

  const other = new BroadcastChannel("taskora-left");
  other.postMessage("somebody else");
  other.postMessage(alice.id);
  other.close();

  await screen.findByLabelText("Password");
  expect(screen.queryByText("Home")).toBeNull();
  expect(readDraft(`${alice.id}/task`)).toBeNull();
});

describe("a view", () => {
  test("has a heading before it has a name", async () => {
    window.history.replaceState(null, "", "/list/2");
    let answer: () => void = () => undefined;
    const held = new Promise<void>((resolve) => { answer = resolve; });
    server.does("GET /api/lists", () => held.then(() => json(200, { items: [list("1", "Inbox", true), list("2", "Home")], next: null })));
    open();
    await title("Loading…");

    answer();

    await title("Home");
  });

  test("is named in the heading and the title, and has the focus once somebody has gone there", async () => {
    const person = open();
    await title("Today");

    await person.click(await screen.findByRole("link", { name: "Home" }));

    expect(document.activeElement).toBe(await title("Home"));
    expect(document.title).toBe("Home – Taskora");
    expect(screen.getByRole("link", { name: "Home" }).getAttribute("aria-current")).toBe("page");
  });

  test("that does not exist says so, and leads on", async () => {
    window.history.replaceState(null, "", "/nowhere");
    const person = open();
    await title("Not found");

    await person.click(screen.getByRole("link", { name: "Go to Today" }));

    await title("Today");
  });

  test("that breaks leaves the rest of the page as it is", async () => {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    window.history.replaceState(null, "", "/search");
    const person = open();

    await screen.findByText(/This view could not be shown/);
    await person.click(await screen.findByRole("link", { name: "Home" }));

    await title("Home");
    expect(screen.queryByText(/This view could not be shown/)).toBeNull();
  });
});

describe("the sidebar", () => {
  test("makes a list of a colour", async () => {
    server.answers("POST /api/lists", 201, list("4", "Garden"));
    const person = open();
    await newList(person, "Garden");
    await person.click(screen.getByRole("radio", { name: "Fern" }));
    await person.click(screen.getByRole("button", { name: "Add" }));

    await screen.findByRole("link", { name: "Garden" });
    await waitFor(() => {
      expect(server.askedFor("POST /api/lists")[0]).toMatchObject({ name: "Garden", color: "#3f8a5a" });
    });
  });

  test("remembers what was folded away", async () => {
    const person = open();
    await screen.findByRole("link", { name: "Home" });

    await person.click(screen.getByRole("button", { name: "Lists" }));

    expect(screen.queryByRole("link", { name: "Home" })).toBeNull();
    expect(localStorage.getItem("folded-list")).not.toBeNull();
  });
});

describe("the theme", () => {
  test("is the profile's, and kept for the next visit", async () => {
    server.answers("GET /api/me", 200, { ...alice, theme: "dark" });
    open();
    await title("Today");

    expect(document.documentElement.dataset.theme).toBe("dark");
    expect(localStorage.getItem("theme")).toBe("dark");
  });

  test("is the system's where nothing else is said", async () => {
    localStorage.setItem("theme", "dark");
    open();
    await title("Today");

    expect(document.documentElement.dataset.theme).toBeUndefined();
    expect(localStorage.getItem("theme")).toBeNull();
  });
});
