/* Measures from within the page, before any of its own code. */
window.watch = {
  took: [],
  longTasks: [],

  /** What each script weighed on its way, compressed: once none has come for a while. */
  async scripts(quiet) {
    const all = () => performance.getEntriesByType("resource").filter(({ name }) => new URL(name).pathname.endsWith(".js"));
    while (performance.now() - Math.max(...all().map(({ responseEnd }) => responseEnd)) < quiet) await new Promise((done) => setTimeout(done, quiet));
    return Object.fromEntries(all().map(({ name, encodedBodySize }) => [new URL(name).pathname.slice(1), encodedBodySize]));
  },

  /**
   * How long from each interaction with an event of this type to the next paint: of all its events the longest, as browsers
   * tell it. They do not tell of what takes less than 16 ms; that counts as 16.
   */
  begin(type) {
    this.end?.();
    const took = (this.took = []);
    const longest = new Map();
    const told = new PerformanceObserver((list) => {
      const entries = list.getEntries().filter(({ interactionId }) => interactionId > 0);
      for (const { interactionId, duration } of entries) longest.set(interactionId, Math.max(duration, longest.get(interactionId) ?? 0));
      for (const { name, interactionId } of entries) if (name === type) add(longest.get(interactionId));
    });
    const add = (duration) => {
      took.push(duration);
      dispatchEvent(new Event("took"));
    };
    told.observe({ type: "event", durationThreshold: 16 });
    let times = 0;
    const heard = () => {
      const least = (times += 1);
      const isQuick = () => setTimeout(() => took.length < least && add(16), 2_000);
      requestAnimationFrame(() => requestAnimationFrame(isQuick)); // it has been painted, and nobody told of it
    };
    addEventListener(type, heard, { capture: true });
    this.end = () => {
      told.disconnect();
      removeEventListener(type, heard, { capture: true });
    };
  },

  /** How long it took, once it took so many times. */
  async times(times) {
    const { took } = this;
    while (took.length < times) await new Promise((done) => addEventListener("took", done, { once: true }));
    return took;
  },

  /** From the top to the end in this many frames; says how many of them took longer than 50 ms. */
  async scroll(frames) {
    const long = [];
    const observer = new PerformanceObserver((list) => long.push(...list.getEntries()));
    observer.observe({ type: "long-animation-frame" });
    for (let frame = 1; frame <= frames; frame += 1) {
      const { scrollHeight, clientHeight } = document.documentElement;
      scrollTo(0, ((scrollHeight - clientHeight) * frame) / frames);
      await new Promise(requestAnimationFrame);
    }
    long.push(...observer.takeRecords());
    observer.disconnect();
    return long.length;
  },

  tasks() {
    this.longTasks = [];
    this.observer = new PerformanceObserver((list) => this.longTasks.push(...list.getEntries()));
    this.observer.observe({ type: "longtask" });
  },

  /** In milliseconds; tasks of less than 50 nobody counts. */
  async longest() {
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    this.longTasks.push(...this.observer.takeRecords());
    this.observer.disconnect();
    return Math.max(0, ...this.longTasks.map((task) => task.duration));
  },
};
