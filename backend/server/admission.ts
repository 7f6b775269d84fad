/**
 * Who may say hello now, and whose turn is when. At most twenty hellos a second are taken: each costs reading what the station
 * has missed, and two hundred at once would hold up those that are welcome already. One that comes too many is told a moment
 * of its own to come back. Every station that is welcome holds a slot, and all slots together make the period in which each
 * has its turn after a lost connection.
 */
import type { Spread } from '#contracts/wire/down.ts';
import type { Timers } from './timers.ts';

export type Admission = {
  /** Takes one hello: 0, or after how many milliseconds it shall be said again. */
  readonly hello: () => number;
  /** Gives a slot; the answer gives it back. */
  readonly enter: () => { readonly spread: () => Spread; readonly leave: () => void };
};

/** Hellos taken in any second. */
const HELLOS_A_SECOND = 20;
const SECOND = 1_000;
/** Half of what is taken, since a station that gets no answer asks again after a second. */
const SLOT_MS = 100;

/** Nobody is here yet. */
export const createAdmission = (timers: Pick<Timers, 'monotonicNow'>): Admission => {
  let taken: readonly number[] = [];
  let promisedUpTo = 0;
  const slots = new Set<number>();
  return {
    hello: () => {
      const now = timers.monotonicNow();
      taken = taken.filter((at) => now - at < SECOND);
      if (taken.length < HELLOS_A_SECOND) {
        taken = [...taken, now];
        return 0;
      }
      promisedUpTo = Math.max(promisedUpTo, now + SECOND) + SLOT_MS;
      return Math.round(promisedUpTo - now);
    },
    enter: () => {
      let slot = 0;
      while (slots.has(slot)) slot += 1;
      slots.add(slot);
      return {
        spread: () => ({ slotMs: slot * SLOT_MS, periodMs: (Math.max(...slots) + 1) * SLOT_MS }),
        leave: () => void slots.delete(slot),
      };
    },
  };
};
