import { afterEach, expect, test, vi } from "vitest";
import { keysInWords } from "./keysInWords";

const at = (userAgent: string) => vi.stubGlobal("navigator", { userAgent });

afterEach(() => {
  vi.unstubAllGlobals();
});

test("keys are called as they are on the keyboard", () => {
  at("Linux");
  expect(keysInWords("mod+k")).toEqual(["Ctrl+K"]);
  expect(keysInWords("g i")).toEqual(["G", "I"]);
  expect(keysInWords("shift+down")).toEqual(["Shift+↓"]);
  expect(["home", "end", "enter", "esc", "delete"].flatMap(keysInWords)).toEqual(["Home", "End", "Enter", "Esc", "Del"]);
});

test("on a Mac the key beside the letters stands for Ctrl", () => {
  at("Macintosh");
  expect(keysInWords("mod+k")).toEqual(["⌘K"]);
});
