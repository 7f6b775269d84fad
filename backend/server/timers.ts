/** What the server's side of connections needs of time, so that it runs on a fake clock too. */
export type Timers = {
  /** Milliseconds, never running backwards. */
  readonly monotonicNow: () => number;
  /** Calls once after `ms`, with 0 at the end of this turn of the event loop; returns the stop. */
  readonly after: (ms: number, call: () => void) => () => void;
  /** Calls every `ms`; returns the stop. */
  readonly every: (ms: number, call: () => void) => () => void;
};

/** Timers of this process. What a timer calls has nobody above it: its error ends here, as a line, and neither the process nor the next call. */
export const createTimers = (log: (line: string) => void): Timers => {
  const safely = (call: () => void) => (): void => {
    try {
      call();
    } catch (error) {
      log(`a timer failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
  };
  return {
    monotonicNow: () => performance.now(),
    after: (ms, call) => {
      if (ms <= 0) {
        // A timer of zero waits at least a millisecond, and others arrive meanwhile.
        const soon = setImmediate(safely(call));
        return () => clearImmediate(soon);
      }
      const timer = setTimeout(safely(call), ms);
      return () => clearTimeout(timer);
    },
    every: (ms, call) => {
      const timer = setInterval(safely(call), ms);
      return () => clearInterval(timer);
    },
  };
};

/** The backend's timers; what fails in them stands on its error stream. */
export const systemTimers = createTimers((line) => void process.stderr.write(`backend: ${line}\n`));
