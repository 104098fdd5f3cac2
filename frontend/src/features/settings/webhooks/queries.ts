import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { type Answer } from "../../../api/client";
import { useAsk } from "../owner";
import type { Delivery, Webhook } from "../types";

const WEBHOOKS = ["settings", "webhooks"];
const deliveriesOf = (id: string) => ["settings", "deliveries", id];
const SOON = 1500; // ms

export function useWebhooks() {
  const ask = useAsk();
  return useQuery({ queryKey: WEBHOOKS, queryFn: ({ signal }) => ask("get", "/api/webhooks", { signal }), staleTime: 0 });
}

/** Newest first; looked at again for as long as one of them is about to be sent. */
export function useDeliveries(id: string, state: Delivery["state"] | null) {
  const ask = useAsk();
  return useInfiniteQuery({
    queryKey: [...deliveriesOf(id), state],
    queryFn: ({ pageParam, signal }) =>
      ask("get", "/api/webhooks/{webhook_id}/deliveries", { path: { webhook_id: id }, query: { state, cursor: pageParam, limit: 20 }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    staleTime: 0,
    refetchInterval: (query) => (query.state.data?.pages[0]?.items.some(isComing) === true ? SOON : false),
  });
}

const isComing = ({ state, attempts }: Delivery): boolean => state === "pending" && attempts === 0;

export function useWebhookCache() {
  const client = useQueryClient();
  type Known = Answer<"get", "/api/webhooks">;
  return {
    readAgain: () => client.invalidateQueries({ queryKey: WEBHOOKS }),
    readDeliveriesAgain: (id: string) => client.invalidateQueries({ queryKey: deliveriesOf(id) }),
    /** What the server says it is now. */
    take: (webhook: Webhook) => {
      client.setQueryData<Known>(WEBHOOKS, (known) => known && { items: known.items.map((each) => (each.id === webhook.id ? webhook : each)) });
    },
  };
}
