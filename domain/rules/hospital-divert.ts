import type { Hospital } from '../model/hospital.ts';
import type { Instant } from '../model/values.ts';

/** What stands of the word that a hospital warns ambulances or turns them away. */
export type Divert =
  | { readonly state: 'none' }
  /** Somebody said so and named no end. */
  | { readonly state: 'open' }
  /** `spanMs` until it ends; for `expired` since it ended, and nobody has said what holds now. Milliseconds. */
  | { readonly state: 'standing' | 'expired'; readonly spanMs: number };

/** Whether a hospital restricts ambulances at `now`, and for how long it said so. */
export const divertOf = ({ emsTrafficStatus, divert }: Hospital, now: Instant): Divert => {
  if (emsTrafficStatus === 'normal' || emsTrafficStatus === 'notApplicable') return { state: 'none' };
  if (!divert) return { state: 'open' };
  return divert.until > now
    ? { state: 'standing', spanMs: divert.until - now }
    : { state: 'expired', spanMs: now - divert.until };
};
