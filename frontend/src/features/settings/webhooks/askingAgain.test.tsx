import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, render, renderHook, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactNode } from "react";
import { expect, test, vi } from "vitest";
import type { User } from "../../../api/types";
import { OwnerContext } from "../owner";
import type { Webhook } from "../types";
import { DeleteWebhook } from "./endings";
import { useWebhookPatch } from "./patching";

const alice = { id: "a", email: "alice@example.org", zone: "UTC", locale: "en" } as User;
const hook = { id: "w", url: "https://hooks.example.org", active: true, version: 3 } as Webhook;

function Around({ children }: { children: ReactNode }) {
  const client = new QueryClient({ defaultOptions: { mutations: { retryDelay: 0 } } });
  return (
    <QueryClientProvider client={client}>
      <OwnerContext value={{ user: alice, onUser: vi.fn(), onSignedOut: vi.fn(), unsent: 0 }}>{children}</OwnerContext>
    </QueryClientProvider>
  );
}

/** A server that does what it is asked to, and whose first answer gets lost; under the key that it knows it says it again. */
function losingItsFirstAnswer(first: () => Response, refusal: () => Response): { keys: string[] } {
  const keys: string[] = [];
  vi.stubGlobal("fetch", (_: string, { headers }: RequestInit) => {
    const key = new Headers(headers).get("idempotency-key") ?? "none";
    keys.push(key);
    if (keys.length === 1) return Promise.reject(new TypeError("The connection is gone."));
    return Promise.resolve(key !== "none" && key === keys[0] ? first() : refusal());
  });
  return { keys };
}

test("a change whose answer got lost is asked for again under its key, and is done", async () => {
  const changed = { ...hook, active: false, version: 4 };
  const { keys } = losingItsFirstAnswer(
    () => new Response(JSON.stringify(changed)),
    () => new Response(JSON.stringify({ type: "/problems/Stale", detail: "Changed meanwhile.", current: changed }), { status: 412 }),
  );
  const onDone = vi.fn();
  const patch = renderHook(() => useWebhookPatch(hook, onDone), { wrapper: Around }).result;

  act(() => {
    patch.current.submit({ active: false });
  });

  await waitFor(() => {
    expect(patch.current.status).toBe("success");
  });
  expect(onDone).toHaveBeenCalledOnce();
  expect(keys).toHaveLength(2);
});

test("so is a deletion", async () => {
  const { keys } = losingItsFirstAnswer(
    () => new Response(null, { status: 204 }),
    () => new Response(JSON.stringify({ type: "/problems/NotFound", detail: "No such webhook." }), { status: 404 }),
  );
  render(<DeleteWebhook webhook={hook} name="hooks" />, { wrapper: Around });
  const person = userEvent.setup();

  await person.click(screen.getByRole("button", { name: "Delete hooks" }));
  await person.click(screen.getByRole("button", { name: "Delete it" }));

  await waitFor(() => {
    expect(keys).toHaveLength(2);
  });
  expect(keys[0]).not.toBe("none");
  expect(keys[1]).toBe(keys[0]);
});
