/** Waiting that ends early when there is a reason to. */

/** Longer after each failure, and not the same for everybody, so that not all come back at once. */
export const pauseAfter = (failures: number): number => Math.min(30_000, 500 * 2 ** failures) * (0.5 + Math.random() / 2);

/** Settled with the next event; of which kind, when one is named. */
export function untilNews(news: EventTarget, over: AbortSignal, kind?: "hope"): Promise<void> {
  return until(over, (wake, signal) => {
    news.addEventListener("hope", wake, { signal });
    if (kind === undefined) news.addEventListener("news", wake, { signal });
  });
}

/** After failures; or for as long as the server asked, whatever comes. */
export function rest(asked: number | null, failures: number, news: EventTarget, over: AbortSignal): Promise<void> {
  if (asked === null) return restOrWake(pauseAfter(failures), over, news);
  return until(over, (wake, signal) => {
    wakeAfter(asked * 1000, wake, signal);
  });
}

/** Wait; but come back at once when there is a reason to hope. */
export function restOrWake(wait: number, over: AbortSignal, news?: EventTarget): Promise<void> {
  return until(over, (wake, signal) => {
    wakeAfter(wait, wake, signal);
    news?.addEventListener("hope", wake, { signal });
    window.addEventListener("online", wake, { signal });
    document.addEventListener("visibilitychange", wake, { signal });
  });
}

/** Once what somebody clicked is done with: to send takes time that they would wait. */
export function afterClick(over: AbortSignal): Promise<void> {
  return until(over, (wake, signal) => {
    wakeAfter(0, wake, signal);
  });
}

function wakeAfter(wait: number, wake: () => void, signal: AbortSignal): void {
  const timer = setTimeout(wake, wait);
  signal.addEventListener("abort", () => {
    clearTimeout(timer);
  });
}

/** A promise of whatever comes first: what `arrange` waits for, or the end of it all. Its listeners go with it. */
export function until(over: AbortSignal, arrange: (wake: () => void, signal: AbortSignal) => void): Promise<void> {
  return new Promise((resolve) => {
    const done = new AbortController();
    const wake = () => {
      done.abort();
      resolve();
    };
    over.addEventListener("abort", wake, { signal: done.signal });
    arrange(wake, done.signal);
    if (over.aborted) wake();
  });
}
