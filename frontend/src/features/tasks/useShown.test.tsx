import "fake-indexeddb/auto";
import { render, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { User } from "../../api/types";
import { DataProvider, useLoading } from "../../data/DataContext";
import { Server } from "../../data/serverForTests";
import type { FoundIds, TasksView } from "./membership";
import { useShown } from "./useShown";

const alice = { id: "alice", zone: "Europe/Berlin", locale: "en-GB", week_start: "monday" } as User;
const view: TasksView = { name: "filter", id: "soon" };
const nothing: FoundIds = { ids: new Set(), left: new Set() };
const milk: FoundIds = { ids: new Set(["milk"]), left: new Set() };
const plain = {};

test("what a filter finds is never said to be nothing, though it is drawn a moment later", async () => {
  vi.stubGlobal("fetch", new Server().fetch);
  const drawn: string[] = [];
  function Shown({ found }: { found: FoundIds }) {
    const { state } = useLoading();
    const { tasks, isComing } = useShown(view, plain, { found, isBoard: false, withFinished: false });
    drawn.push(state !== "ready" ? state : isComing ? "coming" : `${String(tasks.length)} tasks`);
    return <p>{state}</p>;
  }
  const page = (found: FoundIds) => (
    <DataProvider user={alice} onSignedOut={vi.fn()} onUser={vi.fn()}>
      <Shown found={found} />
    </DataProvider>
  );
  const { rerender, findByText } = render(page(nothing));
  await findByText("ready");
  expect(drawn.at(-1)).toBe("0 tasks");
  drawn.length = 0;

  rerender(page(milk));

  await waitFor(() => {
    expect(drawn.at(-1)).toBe("1 tasks");
  });
  expect(drawn).not.toContain("0 tasks");
});
