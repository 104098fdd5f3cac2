import { describe, expect, test } from "vitest";
import { moved } from "./spans";

const spanOf = (text: string, word: string) => ({ start: text.indexOf(word), end: text.indexOf(word) + word.length });

describe("what is marked in a text", () => {
  test("moves with what is typed before it, and stays when that is behind", () => {
    const before = "call Ann friday";
    const friday = spanOf(before, "friday");

    expect(moved([friday], before, "call Anna friday")).toEqual([{ start: 10, end: 16 }]);
    expect(moved([friday], before, "call Ann friday at")).toEqual([friday]);
    expect(moved([friday], before, "Ann friday")).toEqual([{ start: 4, end: 10 }]);
  });

  test("is gone when it is typed over or into", () => {
    const before = "call Ann friday";

    expect(moved([spanOf(before, "friday")], before, "call Ann monday")).toEqual([]);
    expect(moved([spanOf(before, "friday")], before, "call Ann frixday")).toEqual([]);
    expect(moved([spanOf(before, "friday")], before, "")).toEqual([]);
  });

  test("is gone when it becomes part of a longer word", () => {
    expect(moved([spanOf("pay in may", "may")], "pay in may", "pay in maybe")).toEqual([]);
    expect(moved([spanOf("pay may", "may")], "pay may", "pay dismay")).toEqual([]);
  });

  test("keeps what else there is of it", () => {
    expect(moved([{ start: 0, end: 5, kind: "date" }], "today", "oh today")).toEqual([{ start: 3, end: 8, kind: "date" }]);
  });
});
