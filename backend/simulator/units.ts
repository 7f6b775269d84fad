/**
 * Crews. Each status has its length or its drive, and the next status is reported by the same command a person would
 * give; whatever a person reports instead is simply where the crew goes on from.
 */
import { setUnitStatus } from '#domain/commands/set-unit-status.ts';
import type { Assignment } from '#domain/model/assignment.ts';
import type { Hospital } from '#domain/model/hospital.ts';
import type { Unit, UnitStatus, UnitType } from '#domain/model/unit.ts';
import type { Position } from '#domain/model/values.ts';
import type { City } from './city.ts';
import type { Crews } from './crews.ts';
import { arrive } from './department-start.ts';
import type { Driving } from './driving.ts';
import { drawPresentation, presentations } from './patients.ts';
import type { World } from './world.ts';

const mix: readonly (readonly [UnitType, letter: string, share: number])[] = [
  ['als', 'M', 0.325],
  ['bls', 'B', 0.475],
  ['car', 'C', 0.1],
  ['physician', 'D', 0.05],
  ['helicopter', 'H', 0.025],
  ['supervisor', 'S', 0.025],
];

/** A prime, so that units of each type spread over all stations. */
const STATION_STRIDE = 11;

/** Writes so many units over the city's stations, all free at their station. */
export const buildUnits = (world: World, city: City, count: number): void => {
  const { random, put, now } = world;
  let made = 0;
  mix.forEach(([type, letter, share], index) => {
    const last = index === mix.length - 1;
    const many = last ? count - made : Math.min(count - made, Math.max(count > index ? 1 : 0, Math.round(count * share)));
    for (let number = 1; number <= many; number++) {
      const station = city.stations[(made * STATION_STRIDE) % city.stations.length];
      made++;
      const rests = random.chance(0.06);
      const unit: Unit = {
        kind: 'unit',
        id: random.id(),
        callsign: `${letter}${String(number).padStart(2, '0')}`,
        type,
        stationName: station?.name ?? city.name,
        status: 'availableAtStation',
        statusSince: now() - random.int(150, 260) * 60_000,
        outOfServiceReason: null,
        assignmentId: null,
        shiftStartedAt: now() - random.int(260, 600) * 60_000,
        restingUntil: rests ? now() + random.int(8, 35) * 60_000 : null,
        shiftEndsAt: null,
        capabilities: [],
        delayed: false,
        emergency: false,
        emergencySince: null,
        emergencyReason: null,
        rollCallAnsweredAt: null,
      };
      put(unit);
    }
  });
};

export type Units = {
  readonly step: (simulatedSeconds: number) => void;
  /** Gives every unit that has no place yet the one its status implies: after a start, after a restart. */
  readonly place: () => void;
};

const transports: readonly UnitType[] = ['als', 'bls', 'helicopter'];
const isHospital = /hospital|sanatorio|centro hospitalario|casmu|asociaci|médica/i;

/** The crews' processes over a world. */
export const createUnits = (
  world: World,
  city: City,
  driving: Driving,
  crews: Pick<Crews, 'answer'> & {
    /** Whether whom a crew brings is registered with the handover, or by somebody else. */
    readonly registers: boolean;
  },
): Units => {
  const { view, random, schedule, put, give } = world;
  const stationOf = (unit: Unit): Position => {
    const named = city.stations.filter(({ name }) => name === unit.stationName);
    // Several stations may bear one name: each unit keeps to one of them.
    const station = named[Number.parseInt(unit.id.slice(0, 4), 16) % Math.max(1, named.length)];
    return station ? [station.lon, station.lat] : city.centre;
  };
  const assignmentOf = (unit: Unit): Assignment | undefined =>
    unit.assignmentId === null ? undefined : view.get('assignment', unit.assignmentId);
  const hospitalOf = (assignment: Assignment | undefined): Hospital | undefined =>
    assignment?.hospitalId ? view.get('hospital', assignment.hospitalId) : undefined;

  const report = (unit: Unit, status: UnitStatus, reason: string | null = null) =>
    give(setUnitStatus, { unitId: unit.id, status, reason });

  /** Many crews in the city bring no more to this one hospital than its beds can take. */
  const homeShare = () =>
    0.3 * Math.min(1, [...view.list('bed')].length / Math.max(1, [...view.list('unit')].length) / (48 / 40));

  const chooseHospital = (from: Position): Hospital | undefined => {
    const open = [...view.list('hospital')].filter(
      ({ emsTrafficStatus, name, facilityId }) => emsTrafficStatus !== 'closed' && (facilityId !== null || isHospital.test(name)),
    );
    const home = open.find(({ facilityId }) => facilityId !== null);
    if (home && random.chance(homeShare())) return home;
    const far = ({ position }: Hospital) => Math.hypot((position[0] - from[0]) * 0.82, position[1] - from[1]);
    return open.sort((a, b) => far(a) - far(b))[random.int(0, Math.min(2, open.length - 1))] ?? home;
  };

  const transport = (unit: Unit, assignment: Assignment) => {
    const from = driving.positionOf(unit.id) ?? city.centre;
    // Where a dispatcher has named a hospital, the crew goes there.
    const hospital = hospitalOf(assignment) ?? chooseHospital(from);
    const puts = hospital && report(unit, 'transporting');
    if (!puts) return;
    const updated = view.get('assignment', assignment.id) ?? assignment;
    put({ ...updated, hospitalId: hospital.id });
  };

  const handOver = (assignment: Assignment) => {
    const hospital = hospitalOf(assignment);
    if (!hospital?.facilityId || !crews.registers) return;
    for (const encounter of view.list('encounter')) if (encounter.incidentId === assignment.incidentId) return;
    const incident = view.get('incident', assignment.incidentId);
    const wanted = incident?.priority ?? 3;
    const near = presentations.filter(
      ({ acuity, ages }) => ages[1] > 15 && (wanted === 1 ? acuity <= 2 : Math.abs(acuity - wanted) <= 1),
    );
    arrive(world, {
      at: world.now(),
      presentation: near.length > 0 ? random.pick(near) : drawPresentation(random, 'ambulance'),
      mode: 'ambulance',
      incidentId: assignment.incidentId,
    });
  };

  const isOver = (unit: Unit, least: number, most: number) =>
    schedule.isOver(unit.id, `${unit.status}@${unit.statusSince}`, () => least + random.next() * (most - least));

  const driveTo = (unit: Unit, name: string, position: Position, seconds: number, urgent: boolean): boolean => {
    const arrived = driving.drive(
      unit.id,
      { name: `${unit.status} ${name}`, position },
      seconds,
      unit.type === 'helicopter' ? 'air' : urgent ? 'urgent' : 'road',
    );
    const assignment = assignmentOf(unit);
    if (unit.status === 'transporting' && assignment) {
      const left = driving.secondsLeft(unit.id);
      const etaAt = left === null ? world.now() : world.inMinutes(left / 60);
      // A new estimate only when it differs by a minute: an estimate is not a clock.
      if (assignment.etaAt === null || Math.abs(assignment.etaAt - etaAt) > 60_000) put({ ...assignment, etaAt });
    }
    return arrived;
  };

  const stepUnit = (unit: Unit, seconds: number) => {
    const assignment = assignmentOf(unit);
    const incident = assignment && view.get('incident', assignment.incidentId);
    switch (unit.status) {
      case 'availableAtStation':
        if (unit.restingUntil !== null && unit.restingUntil < world.now()) put({ ...unit, restingUntil: null });
        else if (isOver(unit, 120, 900))
          report(unit, 'outOfService', random.pick(['Meal break', 'Refuelling', 'Restocking', 'Vehicle check']));
        return;
      case 'availableMobile':
        if (driveTo(unit, 'station', stationOf(unit), seconds, false)) report(unit, 'availableAtStation');
        return;
      case 'dispatched':
        if (assignment) crews.answer(unit, assignment);
        return;
      case 'acknowledged':
        if (isOver(unit, 0.3, 1.2)) report(unit, 'enRoute');
        return;
      case 'enRoute':
        if (incident && driveTo(unit, incident.id, incident.position, seconds, incident.priority <= 2)) report(unit, 'onScene');
        return;
      case 'staging':
        if (isOver(unit, 3, 8)) report(unit, 'onScene');
        return;
      case 'onScene':
        if (isOver(unit, 0.8, 3)) report(unit, 'atPatient');
        return;
      case 'atPatient':
        if (!isOver(unit, 9, 24)) return;
        if (assignment && transports.includes(unit.type) && random.chance(0.72)) transport(unit, assignment);
        else report(unit, 'clearing');
        return;
      case 'transporting': {
        const hospital = hospitalOf(assignment);
        // A person reported it and named no hospital: the crew chooses.
        if (assignment && !hospital) {
          const chosen = chooseHospital(driving.positionOf(unit.id) ?? city.centre);
          if (chosen) put({ ...assignment, hospitalId: chosen.id });
        } else if (hospital && driveTo(unit, hospital.id, hospital.position, seconds, incident?.priority === 1)) {
          if (report(unit, 'atDestination') && assignment) handOver(assignment);
        }
        return;
      }
      case 'atDestination':
        if (isOver(unit, 1, 4)) report(unit, 'offloading');
        return;
      case 'offloading': {
        const delay = hospitalOf(assignment)?.offloadDelayMinutes ?? 0;
        if (isOver(unit, 6 + delay * 0.4, 16 + delay * 0.8)) report(unit, 'clearing');
        return;
      }
      case 'clearing':
        if (isOver(unit, 3, 10)) report(unit, 'availableMobile');
        return;
      case 'outOfService':
        if (isOver(unit, 15, 45)) report(unit, 'availableAtStation');
    }
  };

  const moves: readonly UnitStatus[] = ['availableMobile', 'enRoute', 'transporting'];
  return {
    step: (seconds) => {
      for (const unit of [...view.list('unit')]) {
        if (unit.emergency || !moves.includes(unit.status)) driving.stop(unit.id);
        // A crew in an emergency does nothing else until it is over.
        if (!unit.emergency) stepUnit(unit, seconds);
        const current = view.get('unit', unit.id);
        const offloadLate = current?.status === 'offloading' && world.now() - current.statusSince > 30 * 60_000;
        if (current && current.delayed !== offloadLate) put({ ...current, delayed: offloadLate });
      }
    },
    place: () => {
      for (const unit of view.list('unit')) {
        if (driving.positionOf(unit.id)) continue;
        const assignment = assignmentOf(unit);
        const incident = assignment && view.get('incident', assignment.incidentId);
        const hospital = hospitalOf(assignment);
        const onScene: readonly UnitStatus[] = ['staging', 'onScene', 'atPatient', 'transporting'];
        const atHospital: readonly UnitStatus[] = ['atDestination', 'offloading', 'clearing'];
        const at = atHospital.includes(unit.status)
          ? (hospital?.position ?? incident?.position)
          : onScene.includes(unit.status)
            ? incident?.position
            : undefined;
        driving.put(unit.id, at ?? stationOf(unit));
      }
    },
  };
};
