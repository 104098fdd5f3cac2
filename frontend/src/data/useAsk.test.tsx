import "fake-indexeddb/auto";
import { renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { expect, test, vi } from "vitest";
import type { User } from "../api/types";
import { DataProvider } from "./DataContext";
import { useAsk } from "./useAsk";

const alice = { id: "alice", zone: "Europe/Berlin", locale: "en-GB", week_start: "monday" } as User;

test("what a desk asks for names whose desk it is", async () => {
  const fetched = vi.fn<typeof fetch>(() => Promise.resolve(new Response(JSON.stringify({ items: [], head: 1, resync: false, next: null }))));
  vi.stubGlobal("fetch", fetched);
  const wrapper = ({ children }: { children: ReactNode }) => (
    <DataProvider user={alice} onSignedOut={vi.fn()} onUser={vi.fn()}>
      {children}
    </DataProvider>
  );
  const { result } = renderHook(useAsk, { wrapper });

  await result.current("get", "/api/activity");

  const [, asked] = fetched.mock.calls.find(([url]) => url === "/api/activity") ?? [];
  expect(new Headers(asked?.headers).get("if-user")).toBe("alice");
});
