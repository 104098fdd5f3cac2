import { cleanup, configure } from "@testing-library/react";
import { afterEach, vi } from "vitest";

// jsdom has no screen; the page is seen on a wide one.
window.matchMedia = (query) =>
  ({ matches: query.includes("min-width"), addEventListener: vi.fn(), removeEventListener: vi.fn() }) as unknown as MediaQueryList;
window.scrollTo = vi.fn();

afterEach(cleanup);

// What is fetched when it is needed comes late on a busy machine.
configure({ asyncUtilTimeout: 5_000 });
