/** What the server's side of connections needs of time, so that it runs on a fake clock too. */
export type Timers = {
  /** Milliseconds, never running backwards. */
  readonly monotonicNow: () => number;
  /** Calls once after `ms`, with 0 at the end of this turn of the event loop; returns the stop. */
  readonly after: (ms: number, call: () => void) => () => void;
  /** Calls every `ms`; returns the stop. */
  readonly every: (ms: number, call: () => void) => () => void;
};

/** The process's own timers. */
export const systemTimers: Timers = {
  monotonicNow: () => performance.now(),
  after: (ms, call) => {
    if (ms <= 0) {
      // A timer of zero waits at least a millisecond, and others arrive meanwhile.
      const soon = setImmediate(call);
      return () => clearImmediate(soon);
    }
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
  every: (ms, call) => {
    const timer = setInterval(call, ms);
    return () => clearInterval(timer);
  },
};
