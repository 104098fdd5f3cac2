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
import { stateInWords } from "./statesInWords";
import { typesInWords } from "./eventTypes";
import { useWebhookPatch } from "./patching";
import { useWebhookCache } from "./queries";
import { WebhookForm } from "./WebhookForm";
import * as say from "./words";

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
        <p className="text-sm text-quiet">{say.hearsOf(typesInWords(webhook.types))}</p>
        {webhook.old_secret_until === null ? null : (
          <p className="text-sm text-quiet">{say.formerSecretUntil(moment(webhook.old_secret_until))}</p>
        )}
      </div>
      {secret === null ? null : (
        <ShownOnce
          heading={say.itsNewSecret}
          explanation={say.bothSign}
          secret={secret}
          name={say.secret}
          onDone={() => {
            setSecret(null);
          }}
        />
      )}
      {isEdited ? (
        <WebhookForm
          label={say.editName(name)}
          submit={say.save}
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
              {say.cancel}
            </Button>
          }
        />
      ) : null}
      <Refused error={turn.error ?? ping.error} />
      <div role="group" aria-label={say.aboutName(name)} className="flex flex-wrap gap-2">
        <ActButton
          busy={turn.isPending}
          onClick={() => {
            turn.submit({ active: !webhook.active });
          }}
        >
          {webhook.active ? say.pause : say.switchOn}
        </ActButton>
        {webhook.active ? (
          <ActButton
            busy={ping.isPending}
            onClick={() => {
              ping.submit(null);
            }}
          >
            {say.sendAPing}
          </ActButton>
        ) : null}
        <Button
          aria-expanded={showsDeliveries}
          onClick={() => {
            setShowsDeliveries(!showsDeliveries);
          }}
        >
          {say.deliveries}
        </Button>
        {isEdited ? null : (
          <Button
            onClick={() => {
              setEdited(true);
            }}
          >
            {say.edit}
          </Button>
        )}
        <NewSecret webhook={webhook} onSecret={setSecret} />
        <DeleteWebhook webhook={webhook} name={name} />
      </div>
      {showsDeliveries ? <Deliveries webhook={webhook} name={name} /> : null}
    </li>
  );
}
