// @vitest-environment jsdom
import { expect, test } from "vitest";
import { forgetDrafts, keepDraft, readDraft } from "./drafts";

test("whoever logs out leaves none of their own behind", () => {
  keepDraft("alice/1/notes", { text: "a present", base: "" });
  keepDraft("mallory/1/notes", { text: "something else", base: "" });

  forgetDrafts("alice");

  expect(readDraft("alice/1/notes")).toBeNull();
  expect(readDraft("mallory/1/notes")).toMatchObject({ text: "something else" });
});
