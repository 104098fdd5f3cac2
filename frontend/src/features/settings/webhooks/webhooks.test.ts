import { describe, expect, test } from "vitest";
import type { Delivery } from "../types";
import { kinds, tidied, typesInWords } from "./eventTypes";
import { outcomeInWords } from "./statesInWords";

describe("what a webhook hears of", () => {
  test("a kind as a whole makes its single types needless", () => {
    expect(tidied(["task.*", "task.completed", "list.created"])).toEqual(["task.*", "list.created"]);
  });

  test("is said in words", () => {
    expect(typesInWords([])).toBe("Everything");
    expect(typesInWords(["task.*", "list.created"])).toBe("all about tasks, list.created");
  });

  test("every type belongs to its kind", () => {
    for (const { kind, types } of kinds) for (const type of types) expect(type.startsWith(`${kind}.`)).toBe(true);
  });
});

const delivery: Delivery = {
  id: "1",
  webhook: "w",
  event: "e",
  sequence: 7,
  type: "task.completed",
  state: "delivered",
  made_at: "2026-11-21T09:00:00Z",
  attempts: 1,
  attempted_at: "2026-11-21T09:00:01Z",
  next_attempt_at: null,
  status: 204,
  answer: "",
  seconds: 0.25,
  error: null,
};

test.each<[Partial<Delivery>, string]>([
  [{}, "Delivered, answered 204 in 0.3 s"],
  [{ state: "pending", attempts: 0, status: null }, "On its way"],
  [
    { state: "pending", attempts: 2, next_attempt_at: "soon", error: "the endpoint answered 500" },
    "On its way after 2 tries, next try soon: the endpoint answered 500",
  ],
  [{ state: "failed", error: "nobody answered" }, "Failed: nobody answered"],
])("what became of a delivery is said: %o", (part, words) => {
  expect(outcomeInWords({ ...delivery, ...part }, (iso) => iso)).toBe(words);
});
