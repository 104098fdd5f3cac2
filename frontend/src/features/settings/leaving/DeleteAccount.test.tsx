import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import type { User } from "../../../api/types";
import { OwnerContext } from "../owner";
import { DeleteAccount } from "./DeleteAccount";

const alice: User = {
  id: "a",
  email: "alice@example.org",
  name: "Alice",
  zone: "UTC",
  locale: "en",
  week_start: "monday",
  theme: "system",
  has_password: true,
  created_at: "2026-11-20T10:00:00Z",
};

test("what was not sent yet is given up knowingly, or nothing is deleted", async () => {
  const sent = vi.fn();
  vi.stubGlobal("fetch", (url: string, { method, body }: RequestInit) => {
    if (method === "DELETE") {
      sent(url, JSON.parse(body as string));
      return Promise.resolve(new Response(null, { status: 204 }));
    }
    return Promise.resolve(new Response(JSON.stringify({ enabled: true, recovery_codes: 9 })));
  });
  const onSignedOut = vi.fn();
  const client = new QueryClient();
  const routeTree = createRootRoute({
    component: () => (
      <QueryClientProvider client={client}>
        <OwnerContext value={{ user: alice, onUser: vi.fn(), onSignedOut, unsent: 2 }}>
          <DeleteAccount />
        </OwnerContext>
      </QueryClientProvider>
    ),
  });
  render(<RouterProvider router={createRouter({ routeTree, history: createMemoryHistory() })} />);
  const person = userEvent.setup();
  await person.type(await screen.findByLabelText("Type your e-mail address"), "Alice@Example.org");
  await person.type(screen.getByLabelText("Your password"), "a good password");
  await person.type(screen.getByLabelText("Code"), "492039");
  const submit = screen.getByRole("button", { name: "Delete my account" });

  await person.click(submit);
  expect(sent).not.toHaveBeenCalled();

  await person.click(screen.getByRole("checkbox", { name: /2 changes made in this browser have not been sent yet/ }));
  await person.click(submit);
  await waitFor(() => {
    expect(onSignedOut).toHaveBeenCalledOnce();
  });
  expect(sent.mock.calls).toEqual([["/api/me", { password: "a good password", code: "492039" }]]);
});
