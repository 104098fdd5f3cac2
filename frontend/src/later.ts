/** When there is nothing else to do; soon, also where there always is. */
export const whenIdle: (run: () => void) => void =
  "requestIdleCallback" in globalThis ? (run) => requestIdleCallback(run, { timeout: 500 }) : (run) => setTimeout(run, 50);

/** As soon as what was done is on the screen; says how to give it up. A page that nobody sees waits until somebody does. */
export function whenPainted(run: () => void): () => void {
  let task: ReturnType<typeof setTimeout> | undefined;
  const frame = requestAnimationFrame(() => {
    task = setTimeout(run);
  });
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(task);
  };
}
