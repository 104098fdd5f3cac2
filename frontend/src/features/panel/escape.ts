import type { KeyboardEvent } from "react";

/** Escape, where nothing within has taken it: what floats above is closed first, and what is being typed is discarded. */
export const isOwnEscape = ({ key, defaultPrevented, target, currentTarget }: KeyboardEvent<HTMLElement>): boolean =>
  key === "Escape" && !defaultPrevented && target instanceof Element && currentTarget.contains(target) && target.getAttribute("aria-expanded") !== "true";
