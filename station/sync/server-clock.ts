import type { Instant } from '#domain/model/values.ts';
import type { Clock } from '../clock.ts';

/** A moment of server time as a desk knew it, with the machine's monotonic clock of that moment. */
export type KeptTime = { readonly bootId: string; readonly monotonicAt: number; readonly serverTime: Instant };

/**
 * Server time at the start of a run. Within one start of the machine the monotonic clock goes on, whatever was done to the wall
 * clock; after another start the wall clock is all there is, and it is not believed when it lies before what was known.
 */
export const serverTimeAtStart = (
  clock: Clock,
  bootId: string,
  kept: KeptTime | undefined,
  wallOffset: number | undefined,
): Instant => {
  if (kept?.bootId === bootId) return kept.serverTime + clock.monotonicNow() - kept.monotonicAt;
  return Math.max(clock.wallNow() + (wallOffset ?? 0), kept?.serverTime ?? 0);
};

/**
 * Server time as this desk estimates it. Of the last eight heartbeats the one with the smallest round trip says the offset;
 * the estimate moves towards it by at most a tenth of the time that passes, so it never steps and never runs backwards.
 */
export type ServerClock = {
  readonly now: () => Instant;
  /** Bound of the error, milliseconds; null when this run was never synchronised. */
  readonly error: () => number | null;
  /** One answered heartbeat: both moments on the monotonic clock, and what the server's clock said between them. */
  readonly sample: (sentAt: number, receivedAt: number, serverTime: Instant) => void;
  /** Server time minus wall time, to be kept for the next start. */
  readonly wallOffset: () => number;
};

const SAMPLES = 8;
const STEEPEST_SLEW = 0.1;

/** Makes the clock; `startsAt` is the server time of this moment as far as the last run tells. */
export const createServerClock = (clock: Clock, startsAt: Instant): ServerClock => {
  const samples: { readonly offset: number; readonly roundTrip: number }[] = [];
  let offset = startsAt - clock.monotonicNow();
  let target = offset;
  let roundTrip: number | null = null;
  let slewedAt = clock.monotonicNow();
  const slew = (): number => {
    const now = clock.monotonicNow();
    const most = (now - slewedAt) * STEEPEST_SLEW;
    offset += Math.max(-most, Math.min(most, target - offset));
    slewedAt = now;
    return now + offset;
  };
  return {
    now: () => Math.round(slew()),
    error: () => {
      slew();
      return roundTrip === null ? null : Math.ceil(roundTrip / 2 + Math.abs(target - offset));
    },
    sample: (sentAt, receivedAt, serverTime) => {
      slew();
      samples.push({ offset: serverTime - (sentAt + receivedAt) / 2, roundTrip: receivedAt - sentAt });
      if (samples.length > SAMPLES) samples.shift();
      const best = samples.reduce((least, one) => (one.roundTrip < least.roundTrip ? one : least));
      target = best.offset;
      // Before the first sample there was only a guess, and nobody was told that it was more.
      if (roundTrip === null) offset = target;
      roundTrip = best.roundTrip;
    },
    wallOffset: () => slew() - clock.wallNow(),
  };
};
