/**
 * Crew safety roll-call (PAR) of a unit at a scene, derived from when its crew last answered: nothing has to be written for a
 * cycle to be missed, so no clock that stands still can hide one.
 *
 *   answered ──every──► asked ──answer──► askedAgain ──retry──► missed ──every──► asked …
 *
 * Two missed cycles in a row are an emergency.
 */
import type { DispatchSettings } from '../model/dispatch-settings.ts';
import type { Unit, UnitStatus } from '../model/unit.ts';
import type { Instant } from '../model/values.ts';

export type RollCall = {
  readonly state: 'notNeeded' | 'answered' | 'asked' | 'askedAgain' | 'missed';
  /** When this state ends by itself; null when none is needed. */
  readonly until: Instant | null;
  /** Whole cycles without an answer. */
  readonly missedCycles: number;
};

const asks: ReadonlySet<UnitStatus> = new Set(['staging', 'onScene', 'atPatient']);

/** Where a unit stands in its roll-call at `now`. A unit that has just come to the scene counts as having answered. */
export const rollCallOf = (
  unit: Pick<Unit, 'status' | 'statusSince' | 'rollCallAnsweredAt'>,
  settings: DispatchSettings['rollCall'],
  now: Instant,
): RollCall => {
  if (!asks.has(unit.status)) return { state: 'notNeeded', until: null, missedCycles: 0 };
  const every = settings.everyMinutes * 60_000;
  const answer = settings.answerSeconds * 1_000;
  const cycle = every + answer + settings.retrySeconds * 1_000;
  const heard = Math.max(unit.statusSince, unit.rollCallAnsweredAt ?? 0);
  const missedCycles = Math.max(0, Math.floor((now - heard) / cycle));
  const began = heard + missedCycles * cycle;
  const into = now - began;
  if (into < every) return { state: missedCycles === 0 ? 'answered' : 'missed', until: began + every, missedCycles };
  if (into < every + answer) return { state: 'asked', until: began + every + answer, missedCycles };
  return { state: 'askedAgain', until: began + cycle, missedCycles };
};

/** So many missed cycles in a row are an emergency. */
const CYCLES_TO_EMERGENCY = 2;

/** Whether a crew has been silent for so long that it is looked for. */
export const isEmergency = ({ missedCycles }: RollCall): boolean => missedCycles >= CYCLES_TO_EMERGENCY;
