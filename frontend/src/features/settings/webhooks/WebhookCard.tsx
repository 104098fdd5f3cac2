import { useState } from "react";
import { Button } from "../../../ui/Button";
import { ActButton } from "../ActButton";
import { useAsk, useMoments } from "../owner";
import { Refused } from "../SettingsForm";
import { ShownOnce } from "../ShownOnce";
import type { Webhook } from "../types";
import { useSubmission } from "../useSubmission";
import { Deliveries } from "./Deliveries";
import { DeleteWebhook, NewSecret } from "./endings";
import { stateInWords } from "./states";
import { typesInWords } from "./eventTypes";
import { useWebhookPatch } from "./patching";
import { useWebhookCache } from "./queries";
import { WebhookForm } from "./WebhookForm";

/** One webhook: how it is, and what can be done about it. */
export function WebhookCard({ webhook }: { webhook: Webhook }) {
  const ask = useAsk();
  const moment = useMoments();
  const { readDeliveriesAgain } = useWebhookCache();
  const [isEdited, setEdited] = useState(false);
  const [showsDeliveries, setShowsDeliveries] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const name = webhook.description === "" ? webhook.url : webhook.description;
  const change = useWebhookPatch(webhook, () => {
    setEdited(false);
  });
  const turn = useWebhookPatch(webhook);
  const ping = useSubmission({
    send: (_: null, headers) => ask("post", "/api/webhooks/{webhook_id}/ping", { path: { webhook_id: webhook.id }, headers }),
    onDone: () => {
      setShowsDeliveries(true);
      void readDeliveriesAgain(webhook.id);
    },
    repeatable: true,
  });
  return (
    <li className="grid gap-3 rounded-md border border-line p-4" aria-label={name}>
      <div>
        <h3 className="font-semibold wrap-anywhere">{name}</h3>
        {webhook.description === "" ? null : <p className="text-sm wrap-anywhere text-quiet">{webhook.url}</p>}
        <p className={`text-sm ${webhook.disabled === null && webhook.failing_since === null ? "text-quiet" : "text-warn"}`}>
          {stateInWords(webhook, moment)}
        </p>
        <p className="text-sm text-quiet">Hears of: {typesInWords(webhook.types)}.</p>
        {webhook.old_secret_until === null ? null : (
          <p className="text-sm text-quiet">The former secret still signs until {moment(webhook.old_secret_until)}.</p>
        )}
      </div>
      {secret === null ? null : (
        <ShownOnce
          heading="Its new secret"
          explanation="For a day the former one signs beside it, so that you can change it without losing anything. It is not shown again."
          secret={secret}
          name="secret"
          onDone={() => {
            setSecret(null);
          }}
        />
      )}
      {isEdited ? (
        <WebhookForm
          label={`Edit ${name}`}
          submit="Save"
          given={webhook}
          asking={change}
          onSubmit={(wanted) => {
            change.submit(wanted);
          }}
          beside={
            <Button
              onClick={() => {
                change.reset();
                setEdited(false);
              }}
            >
              Cancel
            </Button>
          }
        />
      ) : null}
      <Refused error={turn.error ?? ping.error} />
      <div role="group" aria-label={`About ${name}`} className="flex flex-wrap gap-2">
        <ActButton
          busy={turn.isPending}
          onClick={() => {
            turn.submit({ active: !webhook.active });
          }}
        >
          {webhook.active ? "Pause" : "Switch on"}
        </ActButton>
        {webhook.active ? (
          <ActButton
            busy={ping.isPending}
            onClick={() => {
              ping.submit(null);
            }}
          >
            Send a ping
          </ActButton>
        ) : null}
        <Button
          aria-expanded={showsDeliveries}
          onClick={() => {
            setShowsDeliveries(!showsDeliveries);
          }}
        >
          Deliveries
        </Button>
        {isEdited ? null : (
          <Button
            onClick={() => {
              setEdited(true);
            }}
          >
            Edit
          </Button>
        )}
        <NewSecret webhook={webhook} onSecret={setSecret} />
        <DeleteWebhook webhook={webhook} name={name} />
      </div>
      {showsDeliveries ? <Deliveries webhook={webhook} name={name} /> : null}
    </li>
  );
}
