import { describe, expect, test } from "vitest";
import type { Task } from "../../api/types";
import { MANUAL, stepsOf } from "./options";
import { standsAsBefore } from "./placement";
import { task } from "./testing";

const since = "2026-11-21T10:00:00Z";
const plain = { sort: MANUAL, movesWhenFinished: false, since };
const before = task("milk", { tags: ["shop"] });

const stands = (fields: Partial<Task>, ways: Parameters<typeof standsAsBefore>[2] = plain) => standsAsBefore(before, task("milk", { tags: ["shop"], ...fields }), ways);

describe("a task stands where it was", () => {
  test("when it was renamed, in an order that does not go by titles", () => {
    expect(stands({ title: "oat milk", version: 2 })).toBe(true);
    expect(stands({ title: "oat milk", version: 2 }, { ...plain, sort: stepsOf("title") })).toBe(false);
  });

  test("when it was finished just now, unless what is finished stands elsewhere", () => {
    const done = { status: "done", completed_at: "2026-11-21T10:01:00Z" } as const;
    expect(stands(done)).toBe(true);
    expect(stands(done, { ...plain, movesWhenFinished: true })).toBe(false);
  });

  test("not when it was finished before, or is opened again", () => {
    const early = { status: "done", completed_at: "2026-11-21T09:00:00Z" } as const;
    expect(stands(early)).toBe(false);
    expect(standsAsBefore(task("milk", early), task("milk"), plain)).toBe(false);
  });

  test.each<Partial<Task>>([{ position: "b" }, { list: "other" }, { parent: "shopping" }, { due: "2026-11-22" }, { priority: "high" }, { tags: ["dairy"] }, { tags: [] }])("not with %o", (fields) => {
    expect(stands(fields)).toBe(false);
  });
});
