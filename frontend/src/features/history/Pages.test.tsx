import { onlineManager, QueryClient, QueryClientProvider, useInfiniteQuery } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { Unreachable } from "../../api/problem";
import { Pages } from "./Pages";

class NobodyScrolls {
  observe = vi.fn();
  disconnect = vi.fn();
}

test("what is further back needs a connection, says so, and comes by itself when there is one", async () => {
  vi.stubGlobal("IntersectionObserver", NobodyScrolls);
  function Numbers() {
    const query = useInfiniteQuery({
      queryKey: ["numbers"],
      queryFn: ({ pageParam }) => (pageParam > 1 && !onlineManager.isOnline() ? Promise.reject(new Unreachable(null)) : Promise.resolve(pageParam)),
      initialPageParam: 1,
      getNextPageParam: (last) => (last < 2 ? last + 1 : null),
      networkMode: "offlineFirst",
      retryDelay: 0,
    });
    return (
      <Pages what="the numbers" query={query} empty={null} isEmpty={query.data === undefined}>
        {query.data?.pages.join(" and ")}
      </Pages>
    );
  }
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Numbers />
    </QueryClientProvider>,
  );
  await screen.findByText("1");

  onlineManager.setOnline(false);
  await userEvent.setup().click(screen.getByRole("button", { name: "Show more" }));

  expect((await screen.findByRole("status")).textContent).toContain("This needs a connection.");
  expect(screen.getByRole("button", { name: "Show more" })).toBe(document.activeElement);
  onlineManager.setOnline(true);
  await screen.findByText("1 and 2");
  expect(screen.queryByText(/This needs a connection/)).toBeNull();
});
