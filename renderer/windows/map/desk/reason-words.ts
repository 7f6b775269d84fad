/** Why a unit or a hospital stands where it stands, in the words of this board. */
import type { Instant } from '#domain/model/values.ts';
import { spanText } from '../../../ui/time.ts';
import { distanceText } from '../straight-line.ts';
import type { Candidate } from './send-choice.ts';
import { d } from './strings.ts';
import type { HospitalRanking, Ranking } from './use-recommendation.ts';

export type ReasonWord = { readonly text: string; readonly against: boolean };

const inSeconds: ReadonlySet<string> = new Set(['positionLate', 'positionStale', 'clockSkewed', 'shiftEndsSoon']);
const inMetres: ReadonlySet<string> = new Set(['farFromRoad']);
const amount = (code: string, value: number | null): string => {
  if (value === null) return '–';
  if (inSeconds.has(code)) return spanText(Math.abs(value) * 1000);
  return inMetres.has(code) ? distanceText(value) : String(value);
};

/** The reasons of a candidate, with what it brings. */
export const reasonWords = ({ reasons, covers }: Candidate): readonly ReasonWord[] =>
  reasons.map(({ code, speaks, value }) => ({
    text:
      code === 'coversSome'
        ? d('why_coversSome', { what: covers.map((what) => d(`can_${what}`)).join(', ') })
        : d(`why_${code}`, { value: amount(code, value) }),
    against: speaks === 'against',
  }));

const untilMoments: ReadonlySet<string> = new Set(['crewEmergency', 'notFree']);
/** Why a unit is left out and by how much. */
export const leftOutWords = (
  { why, value }: Ranking['leftOut'][number],
  now: Instant,
): { readonly why: string; readonly amount: string } => {
  const how =
    value === null
      ? ''
      : why === 'resting'
        ? spanText(value - now)
        : untilMoments.has(why)
          ? spanText(now - value)
          : why === 'positionLost'
            ? spanText(value * 1000)
            : why === 'outsideRadius'
              ? value > 40_000
                ? distanceText(value)
                : spanText(value * 1000)
              : '';
  return { why: d(`out_${why}`), amount: how };
};

/** The reasons of a hospital. */
export const hospitalReasonWords = ({ reasons }: HospitalRanking['candidates'][number]): readonly ReasonWord[] =>
  reasons.map(({ code, speaks, value }) => ({
    text: d(`hosp_${code}`, { value: value === null ? '–' : code === 'offloadDelay' ? spanText(value * 1000) : String(value) }),
    against: speaks === 'against',
  }));
