import { cleanup, configure } from "@testing-library/react";
import { afterEach, vi } from "vitest";

// jsdom has no screen; the page is seen on a wide one.
window.matchMedia = (query) =>
  ({ matches: query.includes("min-width"), addEventListener: vi.fn(), removeEventListener: vi.fn() }) as unknown as MediaQueryList;
window.scrollTo = vi.fn();

afterEach(cleanup);

// What is fetched when it is needed is compiled here at its first use, beside all that the page fetches when it has time:
// that takes two seconds where nobody else is at work, and more than five where many are.
configure({ asyncUtilTimeout: 20_000 });
