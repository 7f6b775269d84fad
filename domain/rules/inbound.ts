/**
 * Who is on the way to a hospital, told the same on every board. A crew counts from when it transports; one with a red pre-alert
 * counts as soon as its destination is known, because a bay must be made ready before the wheels turn. What is not known of an
 * arrival is unknown and never zero.
 */
import type { Area } from '../model/area.ts';
import type { Assignment } from '../model/assignment.ts';
import type { Bed } from '../model/bed.ts';
import type { Hospital } from '../model/hospital.ts';
import type { Incident } from '../model/incident.ts';
import type { RecordView } from '../model/record.ts';
import type { Unit, UnitStatus } from '../model/unit.ts';
import type { Id, Instant } from '../model/values.ts';
import { holdIsOver } from './bed-hold.ts';
import { freshness } from './freshness.ts';

export type Inbound = {
  readonly assignment: Assignment;
  readonly unit: Unit;
  /** Undefined where this desk does not hold it. */
  readonly incident: Incident | undefined;
};

/** Where a crew was last seen; both moments in server time. */
type Seen = { readonly observedAt: Instant; readonly receivedAt: Instant };

export type InboundEta =
  | { readonly state: 'unknown' }
  | {
      /** `due`: the estimate has passed and the crew has not reported its arrival. */
      readonly state: 'expected' | 'due';
      readonly at: Instant;
      /** Milliseconds from now, or since then for `due`; never negative. */
      readonly spanMs: number;
      /** To when the estimate was right, where the position of the crew is not fresh; null where it is, or where none was heard. */
      readonly asOf: Instant | null;
    };

const carrying: readonly UnitStatus[] = ['transporting', 'atDestination', 'offloading'];

/** Whether a unit brings a patient: it transports, or comes with a red pre-alert, and has not arrived. */
export const isComing = ({ status }: Unit, { prealert, times }: Assignment): boolean =>
  (status === 'transporting' || prealert?.urgency === 'red') &&
  [times.atDestination, times.transferOfCare, times.backInService, times.cancelled].every((at) => at === null);

/** Every crew on the way to a hospital that `isMeant` takes, in no order. */
export const inboundTo = (view: RecordView, isMeant: (hospital: Hospital) => boolean): readonly Inbound[] => {
  const here = new Set([...view.list('hospital')].filter(isMeant).map(({ id }) => id));
  return [...view.list('unit')].flatMap((unit) => {
    const assignment = unit.assignmentId === null ? undefined : view.get('assignment', unit.assignmentId);
    return assignment?.hospitalId != null && here.has(assignment.hospitalId) && isComing(unit, assignment)
      ? [{ assignment, unit, incident: view.get('incident', assignment.incidentId) }]
      : [];
  });
};

/** Crews that bring somebody here or stand at the door with somebody: of whom a new patient may be. */
export const crewsAtDoor = (view: RecordView): readonly Inbound[] => {
  const here = new Set([...view.list('hospital')].filter(isOurs).map(({ id }) => id));
  return [...view.list('unit')].flatMap((unit) => {
    const assignment = unit.assignmentId === null ? undefined : view.get('assignment', unit.assignmentId);
    return assignment?.hospitalId != null && here.has(assignment.hospitalId) && carrying.includes(unit.status)
      ? [{ assignment, unit, incident: view.get('incident', assignment.incidentId) }]
      : [];
  });
};

/** Whether a hospital is the one whose department this desk shows. */
export const isOurs = ({ facilityId }: Hospital): boolean => facilityId !== null;

/**
 * When a crew arrives. What was reported comes first; where nothing was, an estimate by the road from where the crew was seen may
 * stand in. `seen` is its last position on this desk.
 */
export const etaOf = ({ assignment }: Inbound, now: Instant, seen?: Seen, estimate?: Instant): InboundEta => {
  const at = assignment.etaAt ?? estimate ?? null;
  if (at === null) return { state: 'unknown' };
  const age = seen && freshness('unitFix', seen, now);
  const asOf = age && (age.state === 'stale' || age.state === 'lost') ? now - age.ageMs : null;
  return at > now ? { state: 'expected', at, spanMs: at - now, asOf } : { state: 'due', at, spanMs: now - at, asOf };
};

/** How far ahead arrivals are counted as coming soon, milliseconds. */
const inboundHorizon = 60 * 60_000;

/** Arrivals within the next hour, those that are due included, those after it, and those of whom no time is known. */
export const inboundSoon = (
  etas: Iterable<InboundEta>,
): { readonly soon: number; readonly later: number; readonly unknown: number } => {
  const counts = { soon: 0, later: 0, unknown: 0 };
  for (const eta of etas)
    counts[eta.state === 'unknown' ? 'unknown' : eta.state === 'due' || eta.spanMs <= inboundHorizon ? 'soon' : 'later'] += 1;
  return counts;
};

/** The order of a list of arrivals: red pre-alerts, then the next to come, those of whom no time is known last. */
export const compareInbound = (
  one: { readonly inbound: Inbound; readonly eta: InboundEta },
  other: { readonly inbound: Inbound; readonly eta: InboundEta },
): number => {
  const red = ({ inbound }: typeof one): number => (inbound.assignment.prealert?.urgency === 'red' ? 0 : 1);
  const at = ({ eta }: typeof one): number => (eta.state === 'unknown' ? Number.MAX_SAFE_INTEGER : eta.at);
  return red(one) - red(other) || at(one) - at(other) || (one.inbound.assignment.id < other.inbound.assignment.id ? -1 : 1);
};

/** Who it is, as far as anybody said: what the caller told, or age and sex of the pre-alert; null when nobody did. */
export const patientOf = ({ assignment, incident }: Inbound): string | null =>
  assignment.prealert?.age ?? incident?.patientSummary ?? null;

/** The bed that is held for a crew's patient at `now`, if there is one. */
export const bedHeldFor = (beds: Iterable<Bed>, assignmentId: Id, now: Instant): Bed | undefined =>
  [...beds].find((bed) => bed.status === 'reserved' && bed.reservation?.assignmentId === assignmentId && !holdIsOver(bed, now));

/** How a site calls the place for those in danger of their life. */
const resuscitation = /^(resus|reanim|shock|schock|déchoc|choc|trauma bay)/i;

/** The areas to which a red pre-alert goes: those that are called so, or else the first of the department. */
const baysOf = (areas: Iterable<Area>): ReadonlySet<Id> => {
  const inOrder = [...areas].sort((a, b) => a.order - b.order);
  const named = inOrder.filter(({ name }) => resuscitation.test(name));
  return new Set((named.length > 0 ? named : inOrder.slice(0, 1)).map(({ id }) => id));
};

/** The bay to hold for a red pre-alert: the first free one in resuscitation; undefined when none is free. */
export const suggestedBay = (areas: Iterable<Area>, beds: Iterable<Bed>, now: Instant): Bed | undefined => {
  const bays = baysOf(areas);
  return [...beds]
    .filter((bed) => bays.has(bed.areaId) && (bed.status === 'available' || holdIsOver(bed, now)))
    .sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1))[0];
};
