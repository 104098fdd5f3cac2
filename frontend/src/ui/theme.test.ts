/** What is written can be read, in both themes: the contrast of every pair of colours that meet (WCAG 2.2: 1.4.3, 1.4.11). */
import { describe, expect, test } from "vitest";
import styles from "../styles.css?raw";
import { palette } from "./palette";

const colours = [...styles.matchAll(/--color-([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g)];
const themes = {
  light: new Map(colours.map(([, name = "", light = ""]) => [name, light])),
  dark: new Map(colours.map(([, name = "", , dark = ""]) => [name, dark])),
};

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((place) => parseInt(colour.slice(place, place + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string | undefined, other: string | undefined): number {
  if (one === undefined || other === undefined) throw new Error("There is no such colour.");
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const papers = ["paper", "raised", "sunken", "wash", "tint"];
const inks = ["ink", "quiet", "accent", "accent-strong", "warn", "urgent", "high", "medium", "low"];

describe.each(["light", "dark"] as const)("in the %s theme", (name) => {
  const theme = themes[name];

  test.each(papers.flatMap((paper) => inks.map((ink) => [ink, paper])))("%s is read on %s", (ink, paper) => {
    expect(contrast(theme.get(ink), theme.get(paper))).toBeGreaterThanOrEqual(4.5);
  });

  test.each([
    ["on-accent", "accent"],
    ["on-accent", "accent-strong"],
    ["ink", "mark"],
    ["paper", "warn"],
  ])("%s is read on %s", (ink, paper) => {
    expect(contrast(theme.get(ink), theme.get(paper))).toBeGreaterThanOrEqual(4.5);
  });

  test.each(["paper", "raised", "sunken"])("the edge of a control is seen on %s", (paper) => {
    expect(contrast(theme.get("edge"), theme.get(paper))).toBeGreaterThanOrEqual(3);
  });

  test.each(palette)("$name is seen", ({ value }) => {
    for (const paper of ["paper", "raised", "sunken"]) expect(contrast(value, theme.get(paper))).toBeGreaterThanOrEqual(3);
  });
});
