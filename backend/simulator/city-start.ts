import { dispatchUnit } from '#domain/commands/dispatch-unit.ts';
import { setUnitStatus } from '#domain/commands/set-unit-status.ts';
import type { Incident } from '#domain/model/incident.ts';
import type { UnitStatus } from '#domain/model/unit.ts';
import type { Instant } from '#domain/model/values.ts';
import type { City } from './city.ts';
import type { Driving } from './driving.ts';
import { drawCall, type Incidents, nearestFree } from './incidents.ts';
import type { World } from './world.ts';

const course: readonly UnitStatus[] = [
  'acknowledged',
  'enRoute',
  'onScene',
  'atPatient',
  'transporting',
  'atDestination',
  'offloading',
];
/** Usual minutes before each status of the course. */
const before = [0.5, 0.8, 7, 2, 15, 12, 3];
/** How far the first unit of each open incident has come; -1 was just dispatched, null nobody was sent yet. */
const stages: readonly (UnitStatus | 'dispatched' | null)[] = [
  null,
  'enRoute',
  'atPatient',
  'transporting',
  null,
  'onScene',
  'enRoute',
  'offloading',
  'transporting',
  'dispatched',
  'atPatient',
  'enRoute',
  'acknowledged',
  null,
];

const MINUTE = 60_000;

/** Opens the incidents a day is in the middle of, with units in every stage of a mission. */
export const startCity = (world: World, city: City, incidents: Incidents, driving: Driving, unitCount: number): void => {
  const { random, now, view, give, put } = world;
  const positionOf = (unitId: string) => driving.positionOf(unitId) ?? city.centre;

  const send = (incident: Incident, stage: UnitStatus | 'dispatched', notifiedAt: Instant) => {
    const unit = nearestFree(world, incident, ({ id }) => positionOf(id));
    if (!unit || !give(dispatchUnit, { incidentId: incident.id, unitId: unit.id }, { at: notifiedAt })) return;
    let at = notifiedAt;
    const reached = stage === 'dispatched' ? 0 : course.indexOf(stage) + 1;
    for (let index = 0; index < reached; index++) {
      at = Math.min(now() - 1_000, at + Math.round((before[index] as number) * (0.8 + random.next() * 0.4) * MINUTE));
      const status = course[index] as UnitStatus;
      give(setUnitStatus, { unitId: unit.id, status, reason: null }, { at });
      if (status !== 'transporting') continue;
      const assignment = view.get('assignment', view.get('unit', unit.id)?.assignmentId ?? '');
      const hospitals = [...view.list('hospital')];
      const hospital = random.chance(0.5) ? hospitals.find(({ facilityId }) => facilityId !== null) : random.pick(hospitals);
      if (assignment && hospital) put({ ...assignment, hospitalId: hospital.id, etaAt: null });
    }
    const assignment = view.get('assignment', view.get('unit', unit.id)?.assignmentId ?? '');
    const hospital = assignment?.hospitalId ? view.get('hospital', assignment.hospitalId) : undefined;
    if (stage === 'onScene' || stage === 'atPatient' || stage === 'transporting') driving.put(unit.id, incident.position);
    if (stage === 'offloading' && hospital) driving.put(unit.id, hospital.position);
  };

  const count = Math.max(1, Math.round((stages.length * unitCount) / 40));
  for (let index = 0; index < count; index++) {
    const stage = stages[index % stages.length] as (typeof stages)[number];
    const since =
      stage === null
        ? 0.3 + random.next() * 3
        : stage === 'dispatched'
          ? 1.2
          : 1.5 + before.slice(0, course.indexOf(stage) + 1).reduce((sum, part) => sum + part, 0);
    const receivedAt = now() - Math.round(since * (1.05 + random.next() * 0.35) * MINUTE);
    const incident = incidents.open(receivedAt, stage === null ? drawCall(random, index % 2 === 0 ? 3 : 2) : drawCall(random));
    if (!incident || stage === null) continue;
    const notifiedAt = receivedAt + random.int(25, 60) * 1_000;
    send(incident, stage, notifiedAt);
    if (incident.priority === 1) send(incident, 'enRoute', notifiedAt + 20_000);
  }
  // Some crews are on their way back, some are off the road for a while.
  const free = [...view.list('unit')].filter(({ assignmentId }) => assignmentId === null);
  free.forEach((unit, index) => {
    if (index % 9 === 4)
      give(
        setUnitStatus,
        {
          unitId: unit.id,
          status: 'outOfService',
          reason: random.pick(['Meal break', 'Refuelling', 'Restocking', 'Vehicle check']),
        },
        { at: now() - random.int(1, 20) * MINUTE },
      );
    if (index % 7 !== 2) return;
    if (
      give(
        setUnitStatus,
        { unitId: unit.id, status: 'availableMobile', reason: null },
        { at: now() - random.int(30, 400) * 1_000 },
      )
    ) {
      driving.put(unit.id, city.drawAddress(random).position);
    }
  });
};
