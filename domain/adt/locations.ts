/** What a place of a sender means here, by the site's own table. */
import type { Bed, BedStatus } from '../model/bed.ts';
import type { Disposition, Encounter } from '../model/encounter.ts';
import type { RecordView } from '../model/record.ts';
import type { Id } from '../model/values.ts';
import type { LocationName } from './event.ts';

export type LocationRule =
  | { readonly bed: string }
  | { readonly bedId: Id }
  /** A part of the department without beds, shown by this name. */
  | { readonly place: string }
  /** Below this name the third part of a place is the label of a bed here. */
  | { readonly bedsByLabel: true }
  | { readonly notOurs: true };

/** How one sender speaks of this hospital, and who leads. */
export type AdtSite = {
  /** What it is called on the boards. */
  readonly name: string;
  /** Who is believed on where a patient is; null leaves it to the settings of the facility. */
  readonly placement: 'adt' | 'vigil' | null;
  readonly housekeeping: 'adt' | 'vigil';
  /** By name, or by its first parts: the longest that is listed counts. */
  readonly locations: ReadonlyMap<LocationName, LocationRule>;
  /** What a place is that is not listed. */
  readonly otherwise: 'wait' | 'notOurs';
  /** Bed statuses by the sender's code. */
  readonly bedStatuses: ReadonlyMap<string, BedStatus>;
  /**
   * What an admission (A01, A06) with a place elsewhere means for a patient who is here: `boards`, waits here for that place until a
   * transfer (A02) into it; `leaves`, is there already.
   */
  readonly admission: 'boards' | 'leaves';
  /** How a visit ended, by the sender's code (PV1-36). */
  readonly dispositions: ReadonlyMap<string, Disposition>;
};

export type Place =
  | { readonly kind: 'bed'; readonly bed: Bed }
  | { readonly kind: 'place'; readonly name: string }
  | { readonly kind: 'notOurs' }
  /** `why` is said after the place's name. */
  | { readonly kind: 'unknown'; readonly location: LocationName; readonly why: string };

/** HL7 table 0116 as it stands; a sender's own table goes before it. */
export const table0116: ReadonlyMap<string, BedStatus> = new Map([
  ['C', 'closed'],
  ['H', 'cleaning'],
  ['I', 'blocked'],
  ['K', 'contaminated'],
  ['O', 'occupied'],
  ['U', 'available'],
]);

/** HL7 table 0112, as far as it says how a visit ended; a sender's own table goes before it. */
const table0112: ReadonlyMap<string, Disposition> = new Map<string, Disposition>([
  ['01', 'discharged'],
  ['02', 'transferred'],
  ['03', 'transferred'],
  ['04', 'transferred'],
  ['05', 'transferred'],
  ['06', 'discharged'],
  ['08', 'discharged'],
  ['09', 'admitted'],
  ...Array.from({ length: 10 }, (_, index) => [String(20 + index), 'died'] as const),
  ['40', 'died'],
  ['41', 'died'],
  ['42', 'died'],
]);

/** How a visit ended by a code of PV1-36; undefined for one that says nothing of it. Against advice (07): without being seen, where nobody had taken the patient in. */
export const dispositionOf = (
  site: AdtSite,
  code: string,
  { bedAssignedAt, status }: Pick<Encounter, 'bedAssignedAt' | 'status'>,
): Disposition | undefined => {
  const own = site.dispositions.get(code);
  if (own) return own;
  const number = code.padStart(2, '0');
  if (number !== '07') return table0112.get(number);
  return bedAssignedAt === null && status !== 'inProgress' ? 'leftWithoutBeingSeen' : 'leftAgainstAdvice';
};

/** A sender's name of a place as people read it. */
export const shown = (location: LocationName): string => location.split('^').filter(Boolean).join(' ');

/** Whether a status is one that housekeeping gives a bed in which nobody lies. */
export const isHousekeeping = (status: string): status is Exclude<BedStatus, 'occupied' | 'reserved'> =>
  ['available', 'contaminated', 'cleaning', 'blocked', 'closed'].includes(status);

const bedLabelled = (view: RecordView, label: string): Bed | undefined => {
  let retired: Bed | undefined;
  for (const bed of view.list('bed')) {
    if (bed.label !== label) continue;
    // A label may have been given to another bed since.
    if (!bed.retired) return bed;
    retired = bed;
  }
  return retired;
};

/** What a place means: the rule of its whole name, or of the longest beginning of it that has one. */
export const placeOf = (view: RecordView, site: AdtSite, location: LocationName): Place => {
  const unknown: Place = { kind: 'unknown', location, why: 'is not known here' };
  const parts = location.split('^');
  for (let length = parts.length; length > 0; length -= 1) {
    const rule = site.locations.get(parts.slice(0, length).join('^'));
    if (!rule) continue;
    if ('notOurs' in rule) return { kind: 'notOurs' };
    if ('place' in rule) return { kind: 'place', name: rule.place };
    if ('bedsByLabel' in rule && !parts[2]) return { kind: 'place', name: parts.slice(0, 2).filter(Boolean).join(' ') };
    const bed = 'bedId' in rule ? view.get('bed', rule.bedId) : bedLabelled(view, 'bed' in rule ? rule.bed : (parts[2] ?? ''));
    if (bed?.retired) return { ...unknown, why: `is ${bed.label}, which is no bed of the department any more` };
    return bed ? { kind: 'bed', bed } : unknown;
  }
  return site.otherwise === 'notOurs' ? { kind: 'notOurs' } : unknown;
};
