import type { Delivery, Webhook } from "../types";

/** How a webhook is, in a sentence. */
export function stateInWords(webhook: Webhook, moment: (iso: string) => string): string {
  if (webhook.disabled === "gone") return "Switched off: the server there said that this address is gone.";
  if (webhook.disabled === "failing") return "Switched off: nothing has got there for a day.";
  if (!webhook.active) return "Paused: nothing is sent there.";
  if (webhook.failing_since !== null) return `Nothing has got there since ${moment(webhook.failing_since)}; it is tried again.`;
  return webhook.delivered_at === null ? "On; nothing has been sent there yet." : `On; last delivered ${moment(webhook.delivered_at)}.`;
}

const settled: Record<Delivery["state"], string> = {
  pending: "On its way",
  delivered: "Delivered",
  failed: "Failed",
  cancelled: "Not sent: it was switched off",
};

/** What became of a delivery: "Delivered, 204 in 0.1 s", "On its way, next try 21 Nov 2026, 14:30: the endpoint answered 500". */
export function outcomeInWords(delivery: Delivery, moment: (iso: string) => string): string {
  const { state, status, seconds, error, attempts, next_attempt_at } = delivery;
  if (state === "delivered") {
    const took = seconds === null ? "" : ` in ${seconds < 0.1 ? "under 0.1" : seconds.toFixed(1)} s`;
    return `${settled.delivered}${status === null ? "" : `, answered ${status}`}${took}`;
  }
  const tries = attempts > 1 ? ` after ${attempts} tries` : "";
  const next = state === "pending" && attempts > 0 && next_attempt_at !== null ? `, next try ${moment(next_attempt_at)}` : "";
  return `${settled[state]}${tries}${next}${error === null ? "" : `: ${error}`}`;
}

export const stateNames = settled;
