import { expect, test } from "vitest";
import { heldWith, lit } from "./held";

const tasks = ["Buy milk", "Milk the cow", "Buttermilk", "Café crème buying"].map((title) => ({ title }));
const found = (query: string) => heldWith(tasks, query, 10).map(({ title }) => title);

test("held tasks are found by the beginnings of words, all of them, however they are accented", () => {
  expect(found("mil")).toEqual(["Buy milk", "Milk the cow"]);
  expect(found("BUY mi")).toEqual(["Buy milk"]);
  expect(found("creme cafe")).toEqual(["Café crème buying"]);
  expect(found("  ")).toEqual([]);
});

test("no more are found than can be shown", () => {
  expect(heldWith(tasks, "m", 1)).toHaveLength(1);
});

test("what was sought is lit", () => {
  expect(lit("Café crème, ready", "cafe re")).toEqual([
    { text: "Café", hit: true }, { text: " ", hit: false }, { text: "crème, ", hit: false }, { text: "re", hit: true }, { text: "ady", hit: false },
  ]);
});
