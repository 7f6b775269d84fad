/**
 * Where a replay stands and how it goes on. Two things are apart: whether a person wants it to run (`going`), and whether what
 * comes next has been read (`waiting`). It never passes the last moment that was read, so that what is drawn was recorded.
 *
 *   sought, from anywhere          arrived               ticked past what was read
 *        ┌──────────────▶ for the moment ──▶ for nothing ──────────▶ for more
 *        │                                    │   ▲   ▲                 │
 *      begun                    ticked, going │   │   └─────────────────┘
 *                                             └───┘    ticked, enough was read
 *
 * `toggled` turns `going` in each of them; the end of what is recorded stops it. Pure; moments are server time in milliseconds.
 */
import type { Instant } from '#domain/model/values.ts';

/** How many seconds of history a second shows. */
export const rates = [1, 2, 5, 10, 30, 60] as const;
export type Rate = (typeof rates)[number];
/** From the first to the last moment that can be looked at. */
export type Recorded = { readonly from: Instant; readonly to: Instant };
export type ReplayClock = {
  readonly at: Instant;
  readonly rate: Rate;
  readonly going: boolean;
  /** What has to be read before it can go on. */
  readonly waiting: 'moment' | 'more' | null;
  readonly recorded: Recorded;
};

/** A replay begins this long before the present: what a person asks about has mostly just happened. */
const beginsBefore = 5 * 60_000;
/** What must lie ahead before a dry replay goes on, milliseconds of its running. */
const enough = 1_500;
/** A page that was held up goes on from where it stood: more than this of a pause is not made up, milliseconds. */
const longestTick = 250;

const within = ({ from, to }: Recorded, at: Instant): Instant => Math.min(to, Math.max(from, at));

/** A replay at its beginning: standing, a little before the present. */
export const begun = (recorded: Recorded): ReplayClock => ({
  at: within(recorded, recorded.to - beginsBefore),
  rate: 1,
  going: false,
  waiting: 'moment',
  recorded,
});

/** Another moment was asked for; as far as something is recorded. */
export const sought = (clock: ReplayClock, at: Instant): ReplayClock => ({
  ...clock,
  at: within(clock.recorded, at),
  waiting: 'moment',
});

/** The moment that was asked for has been read. */
export const arrived = (clock: ReplayClock): ReplayClock => (clock.waiting === 'moment' ? { ...clock, waiting: null } : clock);

/** Run or stand. At the end there is nothing to run into. */
export const toggled = (clock: ReplayClock): ReplayClock =>
  clock.going
    ? { ...clock, going: false, waiting: clock.waiting === 'more' ? null : clock.waiting }
    : { ...clock, going: clock.at < clock.recorded.to };

/** At another rate. */
export const paced = (clock: ReplayClock, rate: Rate): ReplayClock => ({ ...clock, rate });
/** The next rate up or down, the same at either end. */
export const nextRate = (rate: Rate, by: 1 | -1): Rate => rates[rates.indexOf(rate) + by] ?? rate;

/** `elapsed` milliseconds went by; history has been read until `readUntil`. */
export const ticked = (clock: ReplayClock, elapsed: number, readUntil: Instant): ReplayClock => {
  if (!clock.going || clock.waiting === 'moment') return clock;
  const { at, rate, recorded } = clock;
  if (clock.waiting === 'more' && readUntil < within(recorded, at + enough * rate)) return clock;
  const wanted = within(recorded, at + Math.min(elapsed, longestTick) * rate);
  const reached = Math.max(at, Math.min(wanted, readUntil));
  if (reached >= recorded.to) return { ...clock, at: reached, going: false, waiting: null };
  return { ...clock, at: reached, waiting: reached < wanted ? 'more' : null };
};

/** What is recorded has grown at its end or was forgotten at its beginning; where it stood may be forgotten too. */
export const respanned = (clock: ReplayClock, recorded: Recorded): ReplayClock => {
  const next = { ...clock, recorded };
  return clock.at < recorded.from || clock.at > recorded.to ? sought(next, clock.at) : next;
};
