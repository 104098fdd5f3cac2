/** Coming back to the page is a reason, too: not every browser knows when its network is back. */
const reasons = ["online", "focus"];

/**
 * For `lazy`: a part of the page that cannot be fetched takes nothing else away with its error. What stands in its place
 * stays, and it is asked for again when that may help.
 */
export function patiently<Part>(load: () => Promise<Part>): () => Promise<Part> {
  const fetched = (): Promise<Part> =>
    load().catch((error: unknown) => {
      console.warn("A part of the page could not be fetched:", error);
      return reasonToTryAgain().then(fetched);
    });
  return fetched;
}

function reasonToTryAgain(): Promise<void> {
  return new Promise((resolve) => {
    const heard = new AbortController();
    for (const reason of reasons) {
      window.addEventListener(
        reason,
        () => {
          heard.abort();
          resolve();
        },
        { signal: heard.signal },
      );
    }
  });
}
