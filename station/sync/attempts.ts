/**
 * When the next attempt to connect begins. Two hundred desks that lose the same backend must not come back at the same moment:
 * after an answer, even a bad one, each waits a random, growing time, and where there are more desks than the backend takes in
 * a second, each comes in its own turn, told by server time, which is the same for all of them.
 */
import type { Spread } from '#contracts/wire/down.ts';
import type { Clock } from '../clock.ts';

/**
 * Milliseconds; at once; or after a random pause that grows with each failure and may have to be a second at least. All but the
 * first wait for this desk's turn where there are many.
 */
export type Pause = number | 'atOnce' | 'backOff' | 'backOffASecond';

export type Attempts = {
  /** Begins the next attempt after this pause, and not before `least` milliseconds. */
  readonly after: (pause: Pause, least?: number) => void;
  readonly cancel: () => void;
  /** A backend has welcomed this desk and said when its turn is. */
  readonly welcomed: (spread: Spread | undefined) => void;
  readonly spread: (spread: Spread) => void;
  /** A connection has ended that had been welcomed this long after it began, milliseconds. */
  readonly lived: (ms: number) => void;
  readonly stop: () => void;
};

const FIRST_BACKOFF = 1_000;
/** The longest random pause between two attempts, milliseconds. */
export const LONGEST_BACKOFF = 15_000;
/** Up to here chance alone spreads the desks well enough, milliseconds. */
const SHORT_PERIOD = 1_000;
/** A turn that is nearer than this is the one that was just used, milliseconds. */
const SAME_TURN = 50;

/** Plans attempts; each calls `begin` once. */
export const createAttempts = (options: {
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly serverNow: () => number;
  readonly begin: () => void;
}): Attempts => {
  let failures = 0;
  // A welcome alone proves nothing: two desks with one name would push each other out for ever.
  let shortLives = 0;
  let spread: Spread = { slotMs: 0, periodMs: 0 };
  let stopped = false;
  let cancel = (): void => undefined;

  const backOff = (): number => {
    const ceiling = Math.min(LONGEST_BACKOFF, FIRST_BACKOFF * 2 ** Math.min(failures, 10));
    failures += 1;
    return options.random() * ceiling;
  };
  /** Milliseconds to the first turn of this desk that is at least so far away. */
  const toTurn = (least: number): number => {
    const { slotMs, periodMs } = spread;
    if (periodMs <= SHORT_PERIOD) return least;
    const earliest = least + SAME_TURN;
    const into = (((options.serverNow() + earliest - slotMs) % periodMs) + periodMs) % periodMs;
    return into === 0 ? earliest : earliest + periodMs - into;
  };
  const wait = (pause: Pause, least: number): number => {
    switch (pause) {
      case 'atOnce':
        return toTurn(least);
      case 'backOff':
        return toTurn(Math.max(least, backOff()));
      case 'backOffASecond':
        return toTurn(Math.max(least, FIRST_BACKOFF, backOff()));
      default:
        return Math.max(least, pause);
    }
  };

  return {
    after: (pause, least = 0) => {
      cancel();
      if (!stopped) cancel = options.clock.after(wait(pause, Math.max(0, least)), options.begin);
    },
    cancel: () => cancel(),
    welcomed: (told) => {
      failures = shortLives;
      spread = told ?? { slotMs: 0, periodMs: 0 };
    },
    spread: (told) => {
      spread = told;
    },
    lived: (ms) => {
      shortLives = ms < LONGEST_BACKOFF ? shortLives + 1 : 0;
    },
    stop: () => {
      stopped = true;
      cancel();
    },
  };
};
