/** Waiting that ends early when there is a reason to. */

/** Settled with the next event; of which kind, when one is named. */
export function untilNews(news: EventTarget, over: AbortSignal, kind?: "hope"): Promise<void> {
  return settledOnce(over, (wake, signal) => {
    news.addEventListener("hope", wake, { signal });
    if (kind === undefined) news.addEventListener("news", wake, { signal });
  });
}

/** Longer after each failure, and not the same for everybody. What the server asked to wait is waited, whatever comes. */
export function rest(asked: number | null, failures: number, news: EventTarget, over: AbortSignal): Promise<void> {
  const wait = asked === null ? Math.min(30_000, 500 * 2 ** failures) * (0.5 + Math.random() / 2) : asked * 1000;
  return settledOnce(over, (wake, signal) => {
    const timer = setTimeout(wake, wait);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
    });
    if (asked !== null) return;
    news.addEventListener("hope", wake, { signal });
    window.addEventListener("online", wake, { signal });
    document.addEventListener("visibilitychange", wake, { signal });
  });
}

function settledOnce(over: AbortSignal, arrange: (wake: () => void, signal: AbortSignal) => void): Promise<void> {
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
