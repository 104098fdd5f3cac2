import { expect, test } from "vitest";
import { faultOf } from "./fault";

const said = (text: string) => ({ text, literal: [] });

test("what the server would refuse is said before, with what to do", () => {
  expect(faultOf(said("🎂".repeat(500)), null)).toBeNull();
  expect(faultOf(said("🎂".repeat(501)), null)).toMatch(/longer than 500/);
  expect(faultOf(said("#home"), { title: "", tooManyLists: [] })).toMatch(/no title/);
  expect(faultOf(said("a #home #work"), { title: "a", tooManyLists: ["Home", "Work"] })).toMatch(/Home and Work/);
  expect(faultOf(said("a"), { title: "a", tooManyLists: [] })).toBeNull();
});
