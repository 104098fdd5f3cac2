import { useState } from "react";
import { Loaded } from "../Loaded";
import { useAsk } from "../owner";
import { useSectionTop } from "../sectionTop";
import { ShownOnce } from "../ShownOnce";
import type { WebhookWithSecret } from "../types";
import { useSubmission } from "../useSubmission";
import { useWebhookCache, useWebhooks } from "./queries";
import { WebhookCard } from "./WebhookCard";
import { WebhookForm, type Wanted } from "./WebhookForm";
import * as say from "./words";

export default function Webhooks() {
  const ask = useAsk();
  const webhooks = useWebhooks();
  const toTop = useSectionTop();
  const { readAgain } = useWebhookCache();
  const [made, setMade] = useState<WebhookWithSecret | null>(null);
  const create = useSubmission({
    send: (body: Wanted, headers) => ask("post", "/api/webhooks", { body: { ...body, active: true }, headers }),
    onDone: (webhook) => {
      setMade(webhook);
      void readAgain();
    },
    repeatable: true,
  });
  return (
    <div className="grid gap-8">
      <p className="max-w-xl text-quiet">
        {say.whatWebhooksAre}
      </p>
      <Loaded query={webhooks} what={say.yourWebhooks}>
        {({ items }) =>
          items.length === 0 ? null : (
            <ul className="grid max-w-xl gap-4">
              {items.map((webhook) => (
                <WebhookCard key={webhook.id} webhook={webhook} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {made === null ? (
        <section aria-labelledby="new-webhook" className="grid gap-4">
          <h3 id="new-webhook" className="font-display text-lg">
            {say.newWebhook}
          </h3>
          <WebhookForm
            label={say.newWebhook}
            submit={say.createTheWebhook}
            asking={create}
            onSubmit={(wanted) => {
              create.submit(wanted);
            }}
          />
        </section>
      ) : (
        <ShownOnce
          heading={say.itsSecret}
          explanation={say.whatSecretIsFor}
          secret={made.secret}
          name={say.secret}
          onDone={() => {
            setMade(null);
            toTop();
          }}
        />
      )}
    </div>
  );
}
