import type { Instant } from '#domain/model/values.ts';
import { newestSample, SAMPLE_EVERY, sampleAt } from '#domain/rules/capacity-history.ts';
import type { Core } from '../core/core.ts';
import type { Timers } from '../server/timers.ts';

const LOOK_EVERY_MS = 5_000;

/** Counts the department at every full quarter of an hour, once, whoever looks. `newId` mints an id. Returns the stop. */
export const sampleCapacity = (
  core: Pick<Core, 'view' | 'commit'>,
  clock: () => Instant,
  timers: Pick<Timers, 'every'>,
  newId: () => string,
): (() => void) => {
  const look = (): void => {
    const due = Math.floor(clock() / SAMPLE_EVERY) * SAMPLE_EVERY;
    const before = newestSample(core.view);
    // A clock that stepped back has been counted already.
    if (before && before.at >= due) return;
    core.commit([sampleAt(core.view, due, newId(), before)]);
  };
  look();
  return timers.every(LOOK_EVERY_MS, look);
};
