/**
 * One answer for every board to "how old is this?". A value is as fresh as its last arrival: a source whose clock runs ahead
 * is flagged and can neither look fresher than it is nor freeze a marker. A position that was long on its way, kept by a
 * broker or by a phone without a network, is as old as its observation: what arrives now is not where the unit is now.
 */
import type { Instant } from '../model/values.ts';
import type { LinkState } from './link-state.ts';

export type FreshnessState = 'live' | 'late' | 'stale' | 'lost';
export type FreshnessKind = 'unitFix' | 'deviceReading';
/** Seconds of age beyond which a value is late, stale, lost. */
export type FreshnessLimits = { readonly late: number; readonly stale: number; readonly lost: number };
export type Freshness = {
  readonly state: FreshnessState;
  /** milliseconds since it was received, or observed where it was long on its way; never negative */
  readonly ageMs: number;
  /** the source's clock is ahead of the server's */
  readonly skewed: boolean;
};

/** Shipped defaults. A fix is expected every 30 s, a monitor's numbers every second. */
export const freshnessLimits: Readonly<Record<FreshnessKind, FreshnessLimits>> = {
  unitFix: { late: 60, stale: 300, lost: 1800 },
  deviceReading: { late: 5, stale: 15, lost: 60 },
};

/** A source's clock may be this far ahead, milliseconds, before it counts as wrong: transport and rounding, not skew. */
export const skewTolerance = 2_000;

/**
 * How long, milliseconds, a value may have been on its way and still count from its arrival. A monitor is next to its gateway:
 * there a lag is a wrong clock and says nothing.
 */
const lagTolerance: Readonly<Record<FreshnessKind, number>> = { unitFix: 10_000, deviceReading: Number.POSITIVE_INFINITY };

/** Milliseconds by which the clock of a value's source ran ahead of the hospital's; 0 when it did not. */
export const clockAheadMs = (value: {
  readonly observedAt: Instant;
  readonly receivedAt: Instant;
  readonly skewMs?: number | undefined;
}): number => Math.max(0, value.skewMs ?? 0, value.observedAt - value.receivedAt);

/** How fresh a value is at `now` (server time); the limits are those of its kind unless a site gives its own. */
export const freshness = (
  kind: FreshnessKind,
  value: { readonly observedAt: Instant; readonly receivedAt: Instant; readonly skewMs?: number | undefined },
  now: Instant,
  limits: FreshnessLimits = freshnessLimits[kind],
): Freshness => {
  const lagged = value.receivedAt - value.observedAt > lagTolerance[kind];
  const ageMs = Math.max(0, now - (lagged ? value.observedAt : value.receivedAt));
  const seconds = ageMs / 1000;
  const state = seconds > limits.lost ? 'lost' : seconds > limits.stale ? 'stale' : seconds > limits.late ? 'late' : 'live';
  return { state, ageMs, skewed: clockAheadMs(value) > skewTolerance };
};

/** A value of a patient is no fresher than the line it comes by: over one that is stale or cut it is stale at once. */
export const throughLink = <F extends { readonly state: FreshnessState }>(value: F, link: LinkState): F =>
  (link === 'stale' || link === 'offline') && (value.state === 'live' || value.state === 'late')
    ? { ...value, state: 'stale' }
    : value;
