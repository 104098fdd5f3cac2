import { expect, test } from "vitest";
import { asCodePoints, fromCodePoints, lengthOf, unitAt } from "./codePoints";

test("a picture is one sign for the server and two here", () => {
  const text = "🎂🎉 cake friday";

  expect(asCodePoints(text, { start: 10, end: 16 })).toEqual([8, 14]);
  expect(fromCodePoints(text, [{ start: 8, end: 14, kind: "date" }])).toEqual([{ start: 10, end: 16, kind: "date" }]);
  expect(lengthOf(text)).toBe(14);
  expect(unitAt(text, 99)).toBe(16);
});
