import { act, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { useMinute } from "./minute";

beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2026-11-21T09:00:40.500Z") });
});
afterEach(() => {
  vi.useRealTimers();
});

const Clock = () => <p>{useMinute().toISOString()}</p>;

test("a minute is over when the clock says so, and the next one after it", () => {
  render(<><Clock /><Clock /></>);
  expect(screen.getAllByText("2026-11-21T09:00:00.000Z")).toHaveLength(2);

  act(() => {
    vi.advanceTimersByTime(19_499);
  });
  expect(screen.getAllByText("2026-11-21T09:00:00.000Z")).toHaveLength(2);
  act(() => {
    vi.advanceTimersByTime(1);
  });
  expect(screen.getAllByText("2026-11-21T09:01:00.000Z")).toHaveLength(2);
  act(() => {
    vi.advanceTimersByTime(60_000);
  });
  expect(screen.getAllByText("2026-11-21T09:02:00.000Z")).toHaveLength(2);
});

test("who comes back to the page sees the minute that it is by then", () => {
  render(<Clock />);

  vi.setSystemTime(new Date("2026-11-21T11:30:10Z"));
  act(() => {
    document.dispatchEvent(new Event("visibilitychange"));
  });

  expect(screen.getByText("2026-11-21T11:30:00.000Z")).toBeTruthy();
});

test("nothing is waited for once nobody looks", () => {
  const { unmount } = render(<Clock />);

  unmount();

  expect(vi.getTimerCount()).toBe(0);
});
