/**
 * NEDOCS, the crowding of an emergency department (Weiss 2004). The 600 divides by the inpatient beds of the whole
 * hospital, not of the department: public calculators often get this wrong.
 */
import type { Bed } from '../model/bed.ts';
import type { Encounter } from '../model/encounter.ts';
import type { Facility } from '../model/facility.ts';
import type { Instant } from '../model/values.ts';
import { isSurgeSpace } from './bed-board.ts';
import { shippedBoardSettings } from './board-defaults.ts';
import { isPresent } from './encounter-status.ts';
import { beddedAt } from './visit.ts';

/** Null is "not known". */
export type NedocsInputs = {
  readonly patients: number | null;
  /** beds of the department on a usual day (`usualBeds`) */
  readonly edBeds: number | null;
  readonly boarders: number | null;
  /** inpatient beds of the hospital */
  readonly hospitalBeds: number | null;
  readonly ventilated: number | null;
  /** hours since the oldest decision to admit of those who still board; 0 when nobody boards */
  readonly longestAdmitHours: number | null;
  /** hours from arrival to bed of the patient who got a bed last */
  readonly lastBedHours: number | null;
};

export type NedocsBand = 'notBusy' | 'busy' | 'extremelyBusy' | 'overcrowded' | 'severelyOvercrowded' | 'dangerouslyOvercrowded';
/** What each input adds to the base of −20. */
export type NedocsPart = {
  readonly input: 'patients' | 'boarders' | 'ventilated' | 'longestAdmitHours' | 'lastBedHours';
  readonly points: number;
};
export type Nedocs =
  | {
      readonly status: 'complete' /** not rounded */;
      readonly value: number;
      readonly band: NedocsBand;
      readonly parts: readonly NedocsPart[];
      readonly inputs: NedocsInputs;
    }
  | { readonly status: 'incomplete'; readonly missing: readonly (keyof NedocsInputs)[]; readonly inputs: NedocsInputs };

export const nedocsBase = -20;
/** Upper ends of the bands, each included; beyond the last it is dangerous. */
export const nedocsCuts = [20, 60, 100, 140, 180] as const;
/** Above this value a department is overcrowded (Weiss 2004): from here on a score is loud. */
export const overcrowdedAbove = nedocsCuts[2];
const bands = ['notBusy', 'busy', 'extremelyBusy', 'overcrowded', 'severelyOvercrowded'] as const;

/** The score of these inputs. No beds counts as "not known": nothing is divided by zero. */
export const nedocs = (inputs: NedocsInputs): Nedocs => {
  const names = Object.keys(inputs) as (keyof NedocsInputs)[];
  const missing = names.filter(
    (name) => inputs[name] === null || ((name === 'edBeds' || name === 'hospitalBeds') && inputs[name] === 0),
  );
  if (missing.length > 0) return { status: 'incomplete', missing, inputs };
  const known = inputs as { readonly [N in keyof NedocsInputs]: number };
  const parts: readonly NedocsPart[] = [
    { input: 'patients', points: 85.8 * (known.patients / known.edBeds) },
    { input: 'boarders', points: 600 * (known.boarders / known.hospitalBeds) },
    { input: 'ventilated', points: 13.4 * known.ventilated },
    { input: 'longestAdmitHours', points: 0.93 * known.longestAdmitHours },
    { input: 'lastBedHours', points: 5.64 * known.lastBedHours },
  ];
  const value = parts.reduce((sum, part) => sum + part.points, nedocsBase);
  const index = nedocsCuts.findIndex((cut) => value <= cut);
  return { status: 'complete', value, band: bands[index] ?? 'dangerouslyOvercrowded', parts, inputs };
};

const hour = 3_600_000;

/**
 * The beds of the department for the score. Weiss takes them as a constant of the institution beside the five inputs that change,
 * so a bed that is blocked or closed tonight stays in. What counts as a bed is our choice: chairs, which are places of treatment
 * like any other, and no corridor or capacity space, for which a full house has been opened: a department would seem emptier
 * for lining its corridor.
 */
const usualBeds = (beds: Iterable<Bed>): number => [...beds].filter((bed) => !bed.retired && !isSurgeSpace(bed)).length;

/**
 * The inputs as the records of a department have them at `now`. How many are ventilated is known where somebody has said it, yes or no,
 * of anybody whose visit is still kept: a department that never says it has no number, which is not 0. The flag NIV counts where the
 * site wants it to (`nivIsVentilated`).
 */
export const nedocsInputs = (
  facility: Facility | undefined,
  beds: Iterable<Bed>,
  encounters: Iterable<Encounter>,
  now: Instant,
): NedocsInputs => {
  let [patients, boarders, ventilated] = [0, 0, 0];
  const { nivIsVentilated } = facility?.board ?? shippedBoardSettings;
  let isVentilationSaid = false;
  let oldestDecision = now;
  let lastBedded: { readonly at: Instant; readonly waited: number } | undefined;
  for (const encounter of encounters) {
    const bedded = encounter.mergedInto === undefined ? beddedAt(encounter) : null;
    if (bedded !== null && bedded > (lastBedded?.at ?? Number.NEGATIVE_INFINITY))
      lastBedded = { at: bedded, waited: Math.max(0, bedded - encounter.arrivedAt) };
    const isOnNiv = nivIsVentilated && encounter.flags.includes('NIV');
    if (encounter.ventilated !== null || isOnNiv) isVentilationSaid = true;
    if (!isPresent(encounter)) continue;
    patients += 1;
    if (encounter.ventilated || isOnNiv) ventilated += 1;
    if (encounter.admitDecidedAt === null) continue;
    boarders += 1;
    oldestDecision = Math.min(oldestDecision, encounter.admitDecidedAt);
  }
  return {
    patients,
    edBeds: usualBeds(beds),
    boarders,
    hospitalBeds: facility?.hospitalBeds ?? null,
    ventilated: isVentilationSaid ? ventilated : null,
    longestAdmitHours: (now - oldestDecision) / hour,
    lastBedHours: lastBedded ? lastBedded.waited / hour : null,
  };
};
