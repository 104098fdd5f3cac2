/** Later, when what was done is on the screen; soon, also where there is always something to do. */
export const whenIdle: (run: () => void) => void =
  "requestIdleCallback" in globalThis ? (run) => requestIdleCallback(run, { timeout: 500 }) : (run) => setTimeout(run, 50);
