import { expect, test } from "vitest";
import { Problem } from "../../api/problem";
import { faultOf } from "./check";

const refusal = (column: number, suggestion: string | null = null) =>
  new Problem(422, "Wrong.", { members: { column, found: "'tody'", expected: "a condition", suggestion } });

test("what is wrong is where the server says, pictures before it or not", () => {
  const text = "@🎂 & tody | p1";

  const fault = faultOf(refusal(6, "today"), text);

  expect(fault).toMatchObject({ says: "Column 6: found 'tody', expected a condition.", instead: "today" });
  expect(text.slice(fault?.start, fault?.end)).toBe("tody");
});

test("what is missing at the end is behind the text", () => {
  expect(faultOf(refusal(8), "today &")).toMatchObject({ start: 7, end: 7 });
});

test("a suggestion that was cut short is not put in", () => {
  expect(faultOf(refusal(1, "search: a very long…"), "a very long text")?.instead).toBeNull();
});

test("another trouble is no fault of the text", () => {
  expect(faultOf(new Problem(500, "Broken."), "today")).toBeNull();
  expect(faultOf(new Error("offline"), "today")).toBeNull();
});
