import "fake-indexeddb/auto";
import { act, render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { User } from "../api/types";
import type { Data } from "./Data";
import { DataProvider, useCounted, useData, useKnown, useLoading } from "./DataContext";
import { Server } from "./serverForTests";
import type { Known } from "./shapes";

const alice = { id: "alice", zone: "Europe/Berlin", locale: "en-GB", week_start: "monday" } as User;

test("a change is drawn before anything is counted anew, whoever draws", async () => {
  const server = new Server();
  server.rules.push(() => "unreachable");
  vi.stubGlobal("fetch", server.fetch);
  const happened: string[] = [];
  let data: Data | undefined;
  const count = ({ task }: Known) => {
    happened.push(`counted ${String(task.size)}`);
    return task.size;
  };
  function Counting() {
    data = useData();
    const { state } = useLoading();
    const added = useKnown(({ task }) => task.get("bread")?.title ?? "nothing");
    const drawn = `${state}: ${added} of ${String(useCounted(count))}`;
    happened.push(drawn);
    return <p>{drawn}</p>;
  }
  render(
    <DataProvider user={alice} onSignedOut={vi.fn()} onUser={vi.fn()}>
      <Counting />
    </DataProvider>,
  );
  await screen.findByText("ready: nothing of 1");
  happened.length = 0;

  act(() => {
    data?.acts.add({ id: "bread", title: "Bake bread" });
  });

  expect(happened).toEqual(["ready: Bake bread of 1"]);
  await screen.findByText("ready: Bake bread of 2");
});
