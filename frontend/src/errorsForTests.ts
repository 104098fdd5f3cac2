// As in a browser: an error that nobody expected is an error of the test during which it happened.
globalThis.reportError = (error) => {
  queueMicrotask(() => {
    throw error;
  });
};

/** jsdom lays nothing out, and so has no sizes to tell of. */
class NoSizes implements ResizeObserver {
  observe() {
    // nothing changes
  }
  unobserve() {
    // nothing changes
  }
  disconnect() {
    // nothing changes
  }
}
Object.assign(globalThis, { ResizeObserver: NoSizes });
