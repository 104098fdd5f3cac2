import "fake-indexeddb/auto";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { expect, test, vi } from "vitest";
import type { Notification, User } from "../../api/types";
import { DataProvider, sameItems, useLoading, useQueued } from "../../data/DataContext";
import { noticeActs } from "../../data/noticeActs";
import { Server } from "../../data/serverForTests";
import type { Write } from "../../data/shapes";
import type { Told } from "../../data/telling";
import { unreadOf } from "./told";
import { useNewsOfNotifications, useNotifications } from "./useNotifications";

const alice = { id: "alice", zone: "Europe/Berlin", locale: "en-GB", week_start: "monday" } as User;
const rent = { id: "rent", sequence: 1, kind: "reminder", tasks: [], total: 1, late: 0, created_at: "2026-11-21T08:00:00Z", read_at: null, version: 1 } as unknown as Notification;

test("what is read in another tab stays read in this one, also before the stream tells of it", async () => {
  const server = new Server();
  let answer: () => void = () => undefined;
  const answered = new Promise<void>((resolve) => (answer = resolve));
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    if (url.startsWith("/api/notifications?")) return new Response(JSON.stringify({ items: [rent], next: null, unread: 1 }));
    if (url === "/api/notifications/rent/read") await answered;
    return server.fetch(url, init);
  });
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={new QueryClient()}>
      <DataProvider user={alice} onSignedOut={vi.fn()} onUser={vi.fn()}>
        {children}
      </DataProvider>
    </QueryClientProvider>
  );
  const { result } = renderHook(
    () => {
      useNewsOfNotifications();
      const { data } = useNotifications();
      return { loading: useLoading().state, unread: data && unreadOf(data), queued: useQueued((queued) => queued.map(({ says }) => says), sameItems) };
    },
    { wrapper },
  );
  await waitFor(() => {
    expect(result.current).toEqual({ loading: "ready", unread: 1, queued: [] });
  });

  const elsewhere = new BroadcastChannel("taskora-alice");
  noticeActs((deed) => {
    const write: Write = { ...deed, id: "reading", at: Date.now() * 1000, hides: null };
    elsewhere.postMessage({ said: "queued", write } satisfies Told);
    return write;
  }).markRead("rent", "Pay the rent");
  await waitFor(() => {
    expect(result.current).toMatchObject({ unread: 0, queued: ["Marked “Pay the rent” as read"] });
  });
  answer();

  await waitFor(() => {
    expect(result.current.queued).toEqual([]);
  });
  expect(result.current.unread).toBe(0);
  elsewhere.close();
});
