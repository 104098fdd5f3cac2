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
        What happens in your account is sent to an address of yours as it happens: signed, so that you know it comes from here, and again for a day
        should nobody answer.
      </p>
      <Loaded query={webhooks} what="Your webhooks">
        {({ items }) =>
          items.length === 0 ? null : (
            <ul className="grid max-w-2xl gap-4">
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
            Another address
          </h3>
          <WebhookForm
            label="New webhook"
            submit="Create the webhook"
            asking={create}
            onSubmit={(wanted) => {
              create.submit(wanted);
            }}
          />
        </section>
      ) : (
        <ShownOnce
          heading="Its secret"
          explanation="What is sent there is signed with it, in the header Taskora-Signature. Copy it now: it is not shown again."
          secret={made.secret}
          name="secret"
          onDone={() => {
            setMade(null);
            toTop();
          }}
        />
      )}
    </div>
  );
}
