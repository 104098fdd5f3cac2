// @vitest-environment jsdom
import { act, renderHook } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { forgetDrafts } from "../../data/drafts";
import { useDraft } from "./draft";

beforeEach(() => {
  sessionStorage.clear();
});

const field = (begun = "") => renderHook(() => useDraft("alice/new", begun)).result;

test("what was begun is there again when the page is, with what shall stay text", () => {
  const first = field();
  act(() => {
    first.current.write("Read friday");
  });
  act(() => {
    first.current.toggle({ start: 5, end: 11 });
  });

  expect(field().current.said).toEqual({ text: "Read friday", literal: [{ start: 5, end: 11 }] });
  expect(sessionStorage).toHaveLength(1);
});

test("what was added, emptied or logged out of is not", () => {
  const { current } = field();
  act(() => {
    current.write("Buy a present");
  });
  act(() => {
    current.clear();
  });
  expect(sessionStorage).toHaveLength(0);

  act(() => {
    current.write("Buy a present");
  });
  forgetDrafts("alice");

  expect(field().current.said.text).toBe("");
});

test("what was typed before the field was there goes on from what is kept, as it would have in the field", () => {
  const { current } = field("x");
  expect(current.said.text).toBe("x");

  act(() => {
    current.write("Call Ann");
  });

  expect(field("e").current.said.text).toBe("Call Anne");
});
