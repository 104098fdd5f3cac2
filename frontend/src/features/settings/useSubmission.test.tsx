import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { expect, test, vi } from "vitest";
import { Unreachable } from "../../api/problem";
import { useSubmission } from "./useSubmission";

const around = ({ children }: { children: ReactNode }) => <QueryClientProvider client={new QueryClient()}>{children}</QueryClientProvider>;

const submitting = (send: (asked: string, headers: Record<string, string>) => Promise<string>) =>
  renderHook(() => useSubmission({ send }), { wrapper: around }).result;

test("two clicks at once are one submission", async () => {
  const send = vi.fn(() => Promise.resolve("made"));
  const submission = submitting(send);

  act(() => {
    submission.current.submit("this");
    submission.current.submit("this");
  });

  await waitFor(() => {
    expect(submission.current.data).toBe("made");
  });
  expect(send).toHaveBeenCalledTimes(1);
});

test("who submits the same again after nobody answered asks under the same key", async () => {
  const keys: (string | undefined)[] = [];
  const submission = submitting((_, headers) => {
    keys.push(headers["idempotency-key"]);
    return keys.length === 1 ? Promise.reject(new Unreachable(null)) : Promise.resolve("made");
  });

  for (const wanted of ["error", "success"]) {
    act(() => {
      submission.current.submit("this");
    });
    await waitFor(() => {
      expect(submission.current.status).toBe(wanted);
    });
  }

  expect(keys[1]).toBe(keys[0]);
});
