import { describe, expect, test } from "vitest";
import { folded } from "../../ui/folded";
import { ranked } from "./ranking";

const find = (typed: string, names: string[], most = 10) =>
  ranked(typed, names.map((label) => ({ label, name: folded(label) })), most).map(({ label }) => label);

describe("what is found", () => {
  test("forgives accents and case", () => {
    expect(find("uberweisung", ["Überweisung", "Miete"])).toEqual(["Überweisung"]);
    expect(find("STRASSE", ["Straße fegen"])).toEqual(["Straße fegen"]);
    expect(find("Zażółć", ["zazolc"])).toEqual(["zazolc"]);
  });

  test("forgives the order of the words, and half a word", () => {
    expect(find("mil oat", ["Buy oat milk", "Buy milk"])).toEqual(["Buy oat milk"]);
  });

  test("has whole names before beginnings, beginnings before words, words before what is within", () => {
    expect(find("home", ["Ship to chrome home", "Homework", "At home", "Chromehome", "Home"])).toEqual([
      "Home",
      "Homework",
      "Ship to chrome home",
      "At home",
      "Chromehome",
    ]);
  });

  test("is all there is, in its order, before anything is typed", () => {
    expect(find("  ", ["b", "a"])).toEqual(["b", "a"]);
  });

  test("is no more than is asked for", () => {
    expect(find("a", ["ba", "a"], 1)).toEqual(["a"]);
  });

  test("is nothing where nothing fits", () => {
    expect(find("milk", ["Bread"])).toEqual([]);
  });
});
