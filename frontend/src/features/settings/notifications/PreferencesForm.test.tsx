import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import type { User } from "../../../api/types";
import { OwnerContext } from "../owner";
import type { Preferences, WantedPreferences } from "../types";
import Notifications from "./Notifications";
import { wantedOf } from "./preferences";

const alice: User = {
  id: "a",
  email: "alice@example.org",
  name: "Alice",
  zone: "Europe/Berlin",
  locale: "en",
  week_start: "monday",
  theme: "system",
  has_password: true,
  created_at: "2026-11-20T10:00:00Z",
};

const both = { push: true, email: true };
const usual: Preferences = {
  channels: { reminder: { push: true, email: false }, digest: both, overdue: both, webhook: both },
  quiet_hours: null,
  default_reminders: { timed: { kind: "before", minutes: 45 }, all_day: null },
  daily_digest: null,
  overdue_digest: null,
  version: 3,
};

interface Put {
  wanted: WantedPreferences;
  version: string | null;
}

/** A server that keeps them, and refuses what was meant for others than those it has. */
function keeping(now: Preferences): { puts: Put[]; others: (change: Partial<Preferences>) => void } {
  let kept = now;
  const puts: Put[] = [];
  const answer = (status: number, body: unknown) => Promise.resolve(new Response(JSON.stringify(body), { status }));
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    if (url === "/api/push/subscriptions") return answer(200, { items: [] });
    if (url === "/api/push/key") return answer(200, { key: null });
    if (init.method !== "PUT") return answer(200, kept);
    const put = { wanted: JSON.parse(init.body as string) as WantedPreferences, version: new Headers(init.headers).get("if-match") };
    puts.push(put);
    if (put.version !== `"${kept.version}"`) return answer(412, { type: "/problems/Stale", detail: "Changed meanwhile.", current: kept });
    kept = { ...put.wanted, version: kept.version + 1 };
    return answer(200, kept);
  });
  return {
    puts,
    others: (change) => {
      kept = { ...kept, ...change, version: kept.version + 1 };
    },
  };
}

async function open() {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <OwnerContext value={{ user: alice, onUser: vi.fn(), onSignedOut: vi.fn(), unsent: 0 }}>
        <Notifications />
      </OwnerContext>
    </QueryClientProvider>,
  );
  await screen.findByRole("form", { name: "Notifications" });
  return userEvent.setup();
}

const save = () => screen.getByRole("button", { name: "Save" });

test("what is set is sent as a whole, and nothing else of it changes", async () => {
  const server = keeping(usual);
  const person = await open();

  await person.click(screen.getByLabelText("Reminders by e-mail"));
  await person.click(screen.getByLabelText("Daily digest"));
  await person.click(save());

  await screen.findByText("Saved.");
  const wanted = { ...wantedOf(usual), channels: { ...usual.channels, reminder: both }, daily_digest: "07:30" };
  expect(server.puts).toEqual([{ version: '"3"', wanted }]);
});

test("a reminder that is not among the usual ones is shown, and kept", async () => {
  keeping(usual);
  await open();

  const shown = screen.getByLabelText<HTMLSelectElement>("If it has a time");

  expect(shown.selectedOptions[0]?.textContent).toBe("45 minutes before");
});

test("what was changed elsewhere meanwhile is shown, said, and not overwritten", async () => {
  const server = keeping(usual);
  const person = await open();
  server.others({ overdue_digest: "17:00" });

  await person.click(screen.getByLabelText("Quiet hours"));
  await person.click(save());

  await screen.findByText(/changed somewhere else/);
  expect(screen.getByLabelText<HTMLInputElement>("Overdue digest").checked).toBe(true);
  expect(screen.getByLabelText<HTMLInputElement>("Quiet hours").checked).toBe(false);

  await person.click(screen.getByRole("button", { name: "Show mine again" }));
  expect(screen.getByLabelText<HTMLInputElement>("Quiet hours").checked).toBe(true);
  await person.click(save());
  await screen.findByText("Saved.");
  expect(server.puts.at(-1)?.version).toBe('"4"');
});
