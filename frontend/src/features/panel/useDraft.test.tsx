import { act, renderHook } from "@testing-library/react";
import { beforeEach, describe, expect, test } from "vitest";
import { useDraft } from "./useDraft";

beforeEach(() => {
  sessionStorage.clear();
});

const field = (saved: string) => renderHook(({ saved }) => useDraft("alice/1/notes", saved), { initialProps: { saved } });

describe("what is typed", () => {
  test("is there again when the field is", () => {
    const first = field("");
    act(() => {
      first.result.current.type("half a thought");
    });
    first.unmount();

    expect(field("").result.current.text).toBe("half a thought");
  });

  test("is forgotten when it is what was saved before", () => {
    const { result } = field("milk");
    act(() => {
      result.current.type("oat milk");
    });
    act(() => {
      result.current.type("milk");
    });

    expect(result.current.isBegun).toBe(false);
    expect(sessionStorage).toHaveLength(0);
  });

  test("is no longer unsaved when what is saved has become the same", () => {
    const { result, rerender } = field("milk");
    act(() => {
      result.current.type("oat milk");
    });

    rerender({ saved: "oat milk" });

    expect(result.current.isBegun).toBe(false);
  });
});

describe("when somebody else saves meanwhile", () => {
  test("both are known", () => {
    const { result, rerender } = field("milk");
    act(() => {
      result.current.type("oat milk");
    });
    expect(result.current.theirs).toBeNull();

    rerender({ saved: "rice milk" });

    expect(result.current.text).toBe("oat milk");
    expect(result.current.theirs).toBe("rice milk");
  });

  test("theirs is there once this is given up", () => {
    const { result, rerender } = field("milk");
    act(() => {
      result.current.type("oat milk");
    });
    rerender({ saved: "rice milk" });
    act(() => {
      result.current.drop();
    });

    expect(result.current.text).toBe("rice milk");
    expect(result.current.theirs).toBeNull();
  });
});
