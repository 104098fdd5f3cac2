import { Problem } from "../../../api/problem";
import { useAsk } from "../owner";
import type { Webhook, WebhookPatch } from "../types";
import { useSubmission, type Submission } from "../useSubmission";
import { useWebhookCache } from "./queries";

/** A change of the webhook as it is shown; of one that was changed elsewhere meanwhile, the newer state is read. */
export function useWebhookPatch(webhook: Webhook, onDone: () => void = () => undefined): Submission<WebhookPatch, Webhook> {
  const ask = useAsk();
  const { take, readAgain } = useWebhookCache();
  return useSubmission({
    send: (body: WebhookPatch, headers) =>
      ask("patch", "/api/webhooks/{webhook_id}", { path: { webhook_id: webhook.id }, body, headers: { ...headers, "if-match": `"${webhook.version}"` } }),
    onDone: (changed) => {
      take(changed);
      onDone();
    },
    onFailed: (error) => {
      if (error instanceof Problem && error.status === 412) void readAgain();
    },
    repeatable: true,
  });
}
