import { beforeEach, expect, test, vi } from "vitest";
import { ask } from "./client";
import { newId } from "./newId";
import { isPassing, Problem, Unreachable } from "./problem";

const fetched = vi.fn<typeof fetch>();

beforeEach(() => {
  fetched.mockReset();
  vi.stubGlobal("fetch", fetched);
});

const answer = (status: number, body: string, headers: Record<string, string> = {}) =>
  fetched.mockImplementation(() => Promise.resolve(new Response(body, { status, headers })));

test("a refusal is a Problem with the server's sentence, its fields and the request's id", async () => {
  answer(422, JSON.stringify({ detail: "title: too long", errors: [{ field: "title", message: "too long" }] }), { "x-request-id": "r1" });

  const problem = await ask("post", "/api/tasks", { body: { title: "x" } }).catch((error: unknown) => error);

  expect(problem).toBeInstanceOf(Problem);
  expect(problem).toMatchObject({ status: 422, message: "title: too long", fields: { title: "too long" }, requestId: "r1" });
});

test.each([
  ["30", "30 s"],
  ["119", "119 s"],
  ["120", "2 minutes"],
  ["3541", "60 minutes"],
])("too many tries say how long to wait: %s seconds", async (seconds, said) => {
  answer(429, JSON.stringify({ detail: "Too many tries." }), { "retry-after": seconds });

  await expect(ask("get", "/api/me")).rejects.toThrow(`Too many tries. Try again in ${said}.`);
});

test("a refusal that is not the product's own is still a Problem", async () => {
  answer(502, "<html>Bad gateway</html>");

  await expect(ask("get", "/api/me")).rejects.toMatchObject({ status: 502, message: "The server answered 502." });
});

test("a good answer that is not JSON did not come from Taskora", async () => {
  answer(200, "<html>Welcome to this hotel's network</html>");

  await expect(ask("get", "/api/me")).rejects.toThrow("did not come from Taskora");
});

test.each([
  [200, "<html>Welcome to this hotel's network</html>", true],
  [403, "<html>Log in to this network first</html>", true],
  [407, "", true],
  [500, "<html>Our proxy is broken</html>", true],
  [503, JSON.stringify({ type: "/problems/Unavailable", detail: "It will pass." }), true],
  [403, JSON.stringify({ type: "/problems/Forbidden", detail: "Not with this token." }), false],
  [500, JSON.stringify({ type: "/problems/Broken", detail: "A fault of ours." }), false],
  [404, "<html>Not found</html>", false],
])("what others answer in Taskora's place passes: %s %s", async (status, body, passes) => {
  answer(status, body);

  expect(isPassing(await ask("get", "/api/me").catch((error: unknown) => error))).toBe(passes);
});

test("not to be heard is Unreachable", async () => {
  fetched.mockRejectedValue(new TypeError("Failed to fetch"));

  await expect(ask("get", "/api/me")).rejects.toBeInstanceOf(Unreachable);
});

test("names in the address are filled in and quoted", async () => {
  answer(200, "{}");

  await ask("get", "/api/tasks", { query: { status: ["todo", "done"], cursor: "a&b" } });
  await ask("get", "/api/tasks/{task_id}", { path: { task_id: "../me" } });

  expect(fetched.mock.calls.map(([url]) => url)).toEqual(["/api/tasks?status=todo&status=done&cursor=a%26b", "/api/tasks/..%2Fme"]);
});

test("a request says whose it is, where somebody is at the desk", async () => {
  answer(200, "{}");

  await ask("get", "/api/me", { as: "alice" });
  await ask("get", "/api/me");

  expect(fetched.mock.calls.map(([, init]) => new Headers(init?.headers).get("if-user"))).toEqual(["alice", null]);
});

test("ids are UUIDv7: they carry their moment", () => {
  const id = newId(0x0192_3456_789a);

  expect(id).toMatch(/^01923456-789a-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(newId(1)).not.toBe(newId(1));
});
