/**
 * Which hospital to go to, and why: the one where the crew is free of the patient soonest among those that take ambulances and
 * offer what the patient needs. Every hospital is ranked with its reasons or left out with the reason. What counts beside the
 * drive is this project's working assumption.
 */
import type { Assignment } from '../model/assignment.ts';
import type { Hospital, HospitalService } from '../model/hospital.ts';
import type { Unit } from '../model/unit.ts';
import type { Id, Instant, Position } from '../model/values.ts';
import { type Drive, straightMetres } from './drive.ts';

/** Why a hospital is left out; `until` of a divert is its `value`. */
export const hospitalLeftOutCodes = [
  'closedToAmbulances',
  'facilityClosed',
  'full',
  'lacksService',
  'offRoad',
  'noWay',
  'outsideRadius',
] as const;
export type HospitalLeftOutCode = (typeof hospitalLeftOutCodes)[number];

/** What counts for or against one; `value`: seconds, or how many. */
export const hospitalReasonCodes = [
  'offersService',
  'arrivalUnknown',
  'advisory',
  'divertOver',
  'offloadDelay',
  'inbound',
  'offloading',
  'compromised',
  'busy',
  'statusUnknown',
] as const;
export type HospitalReason = {
  readonly code: (typeof hospitalReasonCodes)[number];
  readonly speaks: 'for' | 'against' | 'neither';
  readonly value: number | null;
};

export type HospitalCandidate = {
  readonly hospitalId: Id;
  readonly name: string;
  readonly etaSeconds: number | null;
  readonly metres: number | null;
  readonly straightMetres: number;
  /** Arrival and the expected wait there, seconds; null when the arrival is not known. */
  readonly freeAgainSeconds: number | null;
  readonly inbound: number;
  readonly offloading: number;
  readonly reasons: readonly HospitalReason[];
};
export type HospitalRecommendation = {
  readonly candidates: readonly HospitalCandidate[];
  readonly leftOut: readonly {
    readonly hospitalId: Id;
    readonly name: string;
    readonly why: HospitalLeftOutCode;
    readonly value: number | null;
    readonly lacks: readonly HospitalService[];
  }[];
};

/** Crews on their way to a hospital, and crews that wait there with a patient. */
export type HospitalLoad = { readonly inbound: number; readonly offloading: number };

const RADIUS_SECONDS = 90 * 60;
const UNKNOWN_DELAY_SECONDS = 15 * 60;
const COST = { inbound: 120, offloading: 180, advisory: 300, compromised: 300, level1: 120, level2: 300 } as const;

/** How many crews each hospital has coming and waiting. */
export const loadOf = (
  missions: Iterable<{ readonly unit: Unit; readonly assignment: Assignment }>,
): ReadonlyMap<Id, HospitalLoad> => {
  const load = new Map<Id, HospitalLoad>();
  for (const { unit, assignment } of missions) {
    if (assignment.hospitalId === null) continue;
    const { inbound, offloading } = load.get(assignment.hospitalId) ?? { inbound: 0, offloading: 0 };
    const isThere = unit.status === 'atDestination' || unit.status === 'offloading';
    const isComing = unit.status === 'transporting';
    load.set(assignment.hospitalId, { inbound: inbound + (isComing ? 1 : 0), offloading: offloading + (isThere ? 1 : 0) });
  }
  return load;
};

const obstacleOf = (
  hospital: Hospital,
  drive: Drive,
  lacks: readonly HospitalService[],
  now: Instant,
): { readonly why: HospitalLeftOutCode; readonly value: number | null } | null => {
  const { facilityStatus, clinicalStatus, emsTrafficStatus, divert } = hospital;
  if (facilityStatus === 'closed' || facilityStatus === 'evacuating') return { why: 'facilityClosed', value: null };
  // A divert says itself when it ends; one without an end stands until somebody lifts it.
  if (emsTrafficStatus === 'closed' && (divert === null || divert.until > now))
    return { why: 'closedToAmbulances', value: divert?.until ?? null };
  if (clinicalStatus === 'full') return { why: 'full', value: null };
  if (lacks.length > 0) return { why: 'lacksService', value: null };
  if (drive.state === 'offRoad' || drive.state === 'noWay') return { why: drive.state, value: null };
  if (drive.state === 'reached' && drive.seconds > RADIUS_SECONDS)
    return { why: 'outsideRadius', value: Math.round(drive.seconds) };
  return null;
};

/** Ranks hospitals for a patient at `from` who needs these services; one drive for each hospital, in their order. */
export const recommendHospitals = (
  from: Position,
  services: readonly HospitalService[],
  hospitals: readonly { readonly hospital: Hospital; readonly drive: Drive }[],
  load: ReadonlyMap<Id, HospitalLoad>,
  now: Instant,
): HospitalRecommendation => {
  const candidates: HospitalCandidate[] = [];
  const leftOut: HospitalRecommendation['leftOut'][number][] = [];
  for (const { hospital, drive } of hospitals) {
    const { id: hospitalId, name, clinicalStatus, facilityStatus } = hospital;
    const lacks = services.filter((service) => !hospital.services.includes(service));
    const obstacle = obstacleOf(hospital, drive, lacks, now);
    if (obstacle) {
      leftOut.push({ hospitalId, name, ...obstacle, lacks: obstacle.why === 'lacksService' ? lacks : [] });
      continue;
    }
    const { inbound, offloading } = load.get(hospitalId) ?? { inbound: 0, offloading: 0 };
    const isOver = hospital.divert !== null && hospital.divert.until <= now;
    const isAdvised = hospital.emsTrafficStatus === 'advisory' && !isOver;
    const delay =
      hospital.emsOffload === 'delayed'
        ? hospital.offloadDelayMinutes === null
          ? UNKNOWN_DELAY_SECONDS
          : hospital.offloadDelayMinutes * 60
        : 0;
    const isBusy = clinicalStatus === 'level1' || clinicalStatus === 'level2';
    const wait =
      delay +
      inbound * COST.inbound +
      offloading * COST.offloading +
      (isAdvised ? COST.advisory : 0) +
      (facilityStatus === 'compromised' ? COST.compromised : 0) +
      (isBusy ? COST[clinicalStatus] : 0);
    const etaSeconds = drive.state === 'reached' ? Math.round(drive.seconds) : null;
    const reason = (
      code: HospitalReason['code'],
      speaks: HospitalReason['speaks'],
      value: number | null = null,
    ): HospitalReason => ({ code, speaks, value });
    const reasons: readonly (HospitalReason | false)[] = [
      services.length > 0 && reason('offersService', 'for', services.length),
      etaSeconds === null && reason('arrivalUnknown', 'against'),
      isAdvised && reason('advisory', 'against', hospital.divert?.until ?? null),
      isOver && hospital.emsTrafficStatus !== 'normal' && reason('divertOver', 'neither', hospital.divert?.until ?? null),
      delay > 0 && reason('offloadDelay', 'against', hospital.offloadDelayMinutes === null ? null : delay),
      inbound > 0 && reason('inbound', 'against', inbound),
      offloading > 0 && reason('offloading', 'against', offloading),
      facilityStatus === 'compromised' && reason('compromised', 'against'),
      isBusy && reason('busy', 'against', clinicalStatus === 'level1' ? 1 : 2),
      clinicalStatus === null && reason('statusUnknown', 'neither'),
    ];
    candidates.push({
      hospitalId,
      name,
      etaSeconds,
      metres: drive.state === 'reached' ? Math.round(drive.metres) : null,
      straightMetres: straightMetres(from, hospital.position),
      freeAgainSeconds: etaSeconds === null ? null : etaSeconds + wait,
      inbound,
      offloading,
      reasons: reasons.filter((each) => each !== false),
    });
  }
  candidates.sort((a, b) => {
    if ((a.freeAgainSeconds === null) !== (b.freeAgainSeconds === null)) return a.freeAgainSeconds === null ? 1 : -1;
    return (
      (a.freeAgainSeconds ?? 0) - (b.freeAgainSeconds ?? 0) || a.straightMetres - b.straightMetres || (a.name < b.name ? -1 : 1)
    );
  });
  leftOut.sort((a, b) => (a.name < b.name ? -1 : 1));
  return { candidates, leftOut };
};
