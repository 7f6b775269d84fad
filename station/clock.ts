/**
 * The station's clocks. Nothing else in this folder reads a clock or sets a timer, so that a whole station runs on a fake one.
 * `monotonicNow` goes on through sleep and is the same for all processes between two boots: the age of a gesture is measured
 * with it, whatever happens to the wall clock.
 */
import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';

export type Clock = {
  /** Wall time of this machine, epoch milliseconds; may be wrong and may step. */
  readonly wallNow: () => number;
  /** Milliseconds since the machine started, sleep included. */
  readonly monotonicNow: () => number;
  /** Calls once after `ms`, with 0 at the end of this turn of the event loop; returns the stop. */
  readonly after: (ms: number, call: () => void) => () => void;
  /** Calls every `ms`; returns the stop. */
  readonly every: (ms: number, call: () => void) => () => void;
};

/** A sleep shorter than this is not told apart from the rounding of the two clocks, milliseconds. */
const SMALLEST_SLEEP = 500;
const SLEEP_CHECK = 1000;

/** The machine's own clocks. */
export const createSystemClock = (): Clock => {
  let base = uptime() * 1000 - performance.now();
  let checkedAt = performance.now();
  let checkedWall = Date.now();
  return {
    wallNow: () => Date.now(),
    monotonicNow: () => {
      const now = performance.now();
      const wall = Date.now();
      // The wall clock is the first to know of a sleep: a gesture right after it is not one of before.
      if (now - checkedAt >= SLEEP_CHECK || Math.abs(wall - checkedWall) >= SLEEP_CHECK) {
        checkedAt = now;
        checkedWall = wall;
        const slept = uptime() * 1000 - (base + now);
        if (slept > SMALLEST_SLEEP) base += slept;
      }
      return base + now;
    },
    after: (ms, call) => {
      if (ms <= 0) {
        // A timer of zero waits at least a millisecond; a gesture should not.
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
};

/** Names the time between two starts of the machine: monotonic moments compare only under the same name. */
export const readBootId = (clock: Clock): string => {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    // Elsewhere the minute of the start tells two boots apart well enough; a stepped wall clock only makes ages fall back to server time.
    return `started-${Math.round((clock.wallNow() - clock.monotonicNow()) / 60_000)}`;
  }
};
