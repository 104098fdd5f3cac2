import { expect, test } from "vitest";
import { linesOf } from "./lines";

test("several lines are a task each, without bullets, boxes and numbers", () => {
  expect(linesOf("- milk\r\n* [ ] bread friday\n\n  3. eggs\n2 apples\n")).toEqual(["milk", "bread friday", "eggs", "2 apples"]);
});

test("one line is no list", () => {
  expect(linesOf("milk\n")).toBeNull();
  expect(linesOf("")).toBeNull();
});
