import { useState } from "react";
import { isOutOfReach, sentence } from "../../../api/problem";
import { Field } from "../../../ui/Field";
import { ShowMore } from "../../../ui/ShowMore";
import { ActButton } from "../ActButton";
import { Loaded } from "../Loaded";
import { useAsk, useMoments } from "../owner";
import { Refused } from "../SettingsForm";
import type { Delivery, Webhook } from "../types";
import { useSubmission } from "../useSubmission";
import { useDeliveries, useWebhookCache } from "./queries";
import { outcomeInWords, stateNames } from "./statesInWords";
import * as say from "./words";

/** What was sent there in the last 30 days, and what became of it. */
export function Deliveries({ webhook, name }: { webhook: Webhook; name: string }) {
  const [state, setState] = useState<Delivery["state"] | null>(null);
  const deliveries = useDeliveries(webhook.id, state);
  return (
    <section aria-label={say.deliveriesTo(name)} className="grid gap-3 border-t border-line pt-3">
      <div className="flex flex-wrap items-end gap-3">
        <Field label={say.show}>
          {(told) => (
            <select
              {...told}
              className="box"
              value={state ?? ""}
              onChange={(event) => {
                setState(event.target.value === "" ? null : (event.target.value as Delivery["state"]));
              }}
            >
              <option value="">{say.all}</option>
              {Object.entries(stateNames).map(([value, words]) => (
                <option key={value} value={value}>
                  {words}
                </option>
              ))}
            </select>
          )}
        </Field>
        <ActButton busy={deliveries.isFetching} onClick={() => void deliveries.refetch()}>
          {say.lookAgain}
        </ActButton>
      </div>
      <Loaded query={deliveries} what={say.theDeliveries}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <p className="text-quiet">{state === null ? say.nothingLately : say.noneOfThese}</p>;
          return (
            <ul className="divide-y divide-line">
              {items.map((delivery) => (
                <Sent key={delivery.id} delivery={delivery} canReplay={webhook.active} />
              ))}
            </ul>
          );
        }}
      </Loaded>
      {deliveries.hasNextPage ? (
        <ShowMore
          label={say.showOlderOnes}
          isOutOfReach={isOutOfReach(deliveries)}
          wrong={deliveries.isFetchNextPageError ? sentence(deliveries.error) : null}
          onMore={() => deliveries.fetchNextPage()}
        />
      ) : null}
    </section>
  );
}

function Sent({ delivery, canReplay }: { delivery: Delivery; canReplay: boolean }) {
  const ask = useAsk();
  const moment = useMoments();
  const { readDeliveriesAgain } = useWebhookCache();
  const replay = useSubmission({
    send: (_: null, headers) => ask("post", "/api/webhooks/deliveries/{delivery_id}/replay", { path: { delivery_id: delivery.id }, headers }),
    onDone: () => void readDeliveriesAgain(delivery.webhook),
    repeatable: true,
  });
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 py-2">
      <div className="min-w-0 flex-1 basis-60">
        <p>
          <code className="font-mono text-sm">{delivery.type}</code> <span className="text-sm text-quiet">{moment(delivery.made_at)}</span>
        </p>
        <p className={`text-sm wrap-anywhere ${delivery.state === "failed" ? "text-warn" : "text-quiet"}`}>{outcomeInWords(delivery, moment)}</p>
        {delivery.answer === null || delivery.answer === "" ? null : <p className="text-sm wrap-anywhere text-quiet">{say.itSaid(delivery.answer)}</p>}
        <Refused error={replay.error} />
      </div>
      {canReplay && delivery.state !== "pending" ? (
        <ActButton
          aria-label={say.sendAgainNamed(delivery.type, moment(delivery.made_at))}
          busy={replay.isPending}
          onClick={() => {
            replay.submit(null);
          }}
        >
          {say.sendAgain}
        </ActButton>
      ) : null}
    </li>
  );
}
