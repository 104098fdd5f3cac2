/** What ends with a click: a webhook's secret, and the webhook. Both are asked for twice. */
import { AskTwice } from "../AskTwice";
import { evenIfGone } from "../evenIfGone";
import { useAsk } from "../owner";
import { useSectionTop } from "../sectionTop";
import type { Webhook } from "../types";
import { useSubmission } from "../useSubmission";
import { useWebhookCache } from "./queries";
import * as say from "./words";

export function NewSecret({ webhook, onSecret }: { webhook: Webhook; onSecret: (secret: string) => void }) {
  const ask = useAsk();
  const { take } = useWebhookCache();
  const renew = useSubmission({
    send: (_: null, headers) => ask("post", "/api/webhooks/{webhook_id}/secret", { path: { webhook_id: webhook.id }, headers }),
    onDone: ({ secret, ...changed }) => {
      take(changed);
      onSecret(secret);
    },
    repeatable: true,
  });
  return (
    <AskTwice
      label={say.newSecret}
      warning={say.signsAnew}
      sure={say.makeANewSecret}
      busy={renew.isPending}
      error={renew.error}
      done={renew.isSuccess}
      onSure={() => {
        renew.submit(null);
      }}
    />
  );
}

export function DeleteWebhook({ webhook, name }: { webhook: Webhook; name: string }) {
  const ask = useAsk();
  const toTop = useSectionTop();
  const { readAgain } = useWebhookCache();
  const remove = useSubmission({
    send: (_: null, headers) => evenIfGone(ask("delete", "/api/webhooks/{webhook_id}", { path: { webhook_id: webhook.id }, headers })),
    onDone: async () => {
      await readAgain();
      toTop();
    },
    repeatable: true,
  });
  return (
    <AskTwice
      label={say.remove}
      about={name}
      warning={say.whatEnds}
      sure={say.deleteIt}
      busy={remove.isPending}
      error={remove.error}
      onSure={() => {
        remove.submit(null);
      }}
    />
  );
}
