import { describe, expect, test } from "vitest";
import { Problem, Unreachable } from "../../api/problem";
import { OpenKey } from "./openKey";

const asked = { url: "https://hooks.example.org" };

describe("the key of a submission", () => {
  test("stays while nobody has answered", () => {
    const open = new OpenKey();
    const first = open.for(asked);

    open.settle(new Unreachable(null));
    expect(open.for({ ...asked })).toBe(first);

    open.settle(new Problem(503, "Busy."));
    expect(open.for({ ...asked })).toBe(first);
  });

  test("is another for something else", () => {
    const open = new OpenKey();
    const first = open.for(asked);

    open.settle(new Unreachable(null));

    expect(open.for({ url: "https://elsewhere.example.org" })).not.toBe(first);
  });

  test.each([null, new Problem(422, "No.")])("is another after an answer", (answer) => {
    const open = new OpenKey();
    const first = open.for(asked);

    open.settle(answer);

    expect(open.for(asked)).not.toBe(first);
  });
});
