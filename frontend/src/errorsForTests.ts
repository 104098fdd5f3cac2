// As in a browser: an error that nobody expected is an error of the test during which it happened.
globalThis.reportError = (error) => {
  queueMicrotask(() => {
    throw error;
  });
};
