import type { Instant } from '../model/values.ts';

/** A clock that moves only when it is told to, with timers that fire in the order of their moments. */
export type FakeClock = {
  readonly now: () => Instant;
  /** Moves on by `ms` milliseconds; every timer due until then fires at its own moment. */
  readonly advance: (ms: number) => void;
  /** The machine sleeps for `ms` milliseconds: no timer fires meanwhile, and each that is overdue fires once when it wakes. */
  readonly sleep: (ms: number) => void;
  /** Calls once after `ms`; returns the stop. */
  readonly after: (ms: number, call: () => void) => () => void;
  /** Calls every `ms`; returns the stop. */
  readonly every: (ms: number, call: () => void) => () => void;
  /** Timers that still wait: a test that ends with some has leaked them. */
  readonly waiting: () => number;
};

/** Makes a clock that stands at `start`. */
export const createFakeClock = (start: Instant): FakeClock => {
  let now = start;
  let order = 0;
  const timers = new Map<number, { readonly at: Instant; readonly call: () => void }>();
  const add = (at: Instant, call: () => void): (() => void) => {
    const key = order++;
    timers.set(key, { at, call });
    return () => void timers.delete(key);
  };
  const every = (ms: number, call: () => void): (() => void) => {
    let stop = (): void => undefined;
    let stopped = false;
    const arm = (): void => {
      stop = add(now + Math.max(1, ms), () => {
        call();
        if (!stopped) arm();
      });
    };
    arm();
    return () => {
      stopped = true;
      stop();
    };
  };
  const advance = (ms: number): void => {
    const end = now + ms;
    for (;;) {
      let due: readonly [number, { readonly at: Instant; readonly call: () => void }] | undefined;
      // Keys rise in the order in which timers were set, so the first of two at one moment stays.
      for (const entry of timers) if (entry[1].at <= end && (!due || entry[1].at < due[1].at)) due = entry;
      if (!due) break;
      timers.delete(due[0]);
      now = Math.max(now, due[1].at);
      due[1].call();
    }
    now = end;
  };
  return {
    now: () => now,
    advance,
    sleep: (ms) => {
      now += ms;
      advance(0);
    },
    after: (ms, call) => add(now + Math.max(0, ms), call),
    every,
    waiting: () => timers.size,
  };
};
