/** An invented service on real streets: seeded, so that two pictures differ only by what was changed. */
import type { Frame } from '#contracts/ipc/station-window.ts';
import type { Incident, IncidentPriority } from '#domain/model/incident.ts';
import type { Unit, UnitStatus, UnitType } from '#domain/model/unit.ts';
import type { Id } from '#domain/model/values.ts';
import { noTimes } from '#domain/rules/assignment-times.ts';
import { buildAssignment, buildHospital, testId } from '#domain/testing/builders.ts';
import { emptyTables, type ReceivedFix, type RecordTables } from '../../../state/store.ts';

const randomOf = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
};
const idOf = (kind: number, index: number): Id =>
  `00000000-0000-4000-8000-${String(kind).padStart(4, '0')}${String(index).padStart(8, '0')}`;
const author = { personId: idOf(9, 1), name: 'Tomas Reyes' };

const calls: readonly (readonly [IncidentPriority, string, string, string])[] = [
  [1, 'Cardiac arrest, CPR', 'Bulevar Artigas 1825', '58 M, collapsed, not breathing. Wife doing CPR, guided.'],
  [2, 'Chest pain, STEMI', 'Avenida Italia 3420', '64 F, pain 40 min, grey and sweating.'],
  [2, 'Stroke, FAST+', 'Avenida 18 de Julio 1450', '71 F, right arm weak since 20 min.'],
  [2, 'Breathing difficulty', 'Calle Canelones 980', '34 M, asthma, short sentences.'],
  [3, 'Seizure, stopped', 'Rivera 2210', '22 F, post-ictal.'],
  [3, 'Bicycle, wrist', 'Rambla Wilson 140', '29 M.'],
  [3, 'Fall, long lie', 'Propios 3105', '83 F, on floor since night.'],
  [3, 'Overdose, awake', 'Agraciada 2650', '19 M.'],
  [3, 'Abdominal pain', 'Millán 3340', '41 F.'],
  [3, 'Fall, hip, on floor', 'General Flores 2805', '79 M.'],
  [4, 'Back pain', 'Camino Maldonado 5610', '52 F.'],
  [4, 'Unwell, alone', 'Luis A. de Herrera 1290', '88 F.'],
];
const onMission: readonly UnitStatus[] = [
  'dispatched',
  'acknowledged',
  'enRoute',
  'onScene',
  'atPatient',
  'transporting',
  'atDestination',
  'offloading',
  'clearing',
];
const typeOf = (index: number): UnitType =>
  (['als', 'bls', 'als', 'bls', 'car', 'als', 'bls', 'physician'] as const)[index % 8] ?? 'als';
const letter: Readonly<Record<UnitType, string>> = {
  als: 'M',
  bls: 'B',
  car: 'C',
  physician: 'D',
  helicopter: 'H',
  supervisor: 'S',
};

/** Records and fixes of a service with so many units at `now`, and so many incidents: one for fifty units, if not said. */
export const inventTables = (
  count: number,
  points: readonly (readonly [number, number])[],
  hospitals: readonly { readonly name: string; readonly lon: number; readonly lat: number }[],
  now: number,
  incidentCount: number = Math.max(12, Math.round(count / 50)),
): { readonly tables: RecordTables; readonly fixes: ReadonlyMap<Id, ReceivedFix> } => {
  const random = randomOf(7);
  const at = (): [number, number] => {
    const [longitude, latitude] = points[Math.floor(random() * points.length)] ?? [-56.17, -34.88];
    return [longitude, latitude];
  };
  const tables = emptyTables();
  const put = (record: { readonly kind: keyof RecordTables; readonly id: Id }, pending = false): void => {
    (tables[record.kind] as Map<Id, unknown>).set(record.id, { record, pending });
  };
  for (const [index, hospital] of hospitals.entries()) {
    const isRestricted = index === 3 || index === 4;
    put(
      buildHospital({
        id: idOf(5, index),
        name: hospital.name,
        position: [hospital.lon, hospital.lat],
        emsTrafficStatus: index === 3 ? 'closed' : index === 4 ? 'advisory' : index === 9 ? 'notApplicable' : 'normal',
        emsOffload: index === 0 ? 'delayed' : 'normal',
        offloadDelayMinutes: index === 0 ? 22 : null,
        statusSince: now - 600_000,
        divert: isRestricted
          ? { reason: 'CT out of use', by: author, until: index === 3 ? now + 2_460_000 : now - 60_000 }
          : null,
        clinicalStatus: index === 0 ? 'level1' : null,
        facilityStatus: index === 0 ? 'normal' : null,
        services: index % 3 === 0 ? ['stroke', 'cardiac', 'trauma'] : [],
        capacity:
          index % 2 === 0
            ? [
                { category: 'adultICU', available: index % 4, baseline: 12, at: now - 1_200_000 },
                { category: 'medicalSurgical', available: null, baseline: 140, at: now - 1_200_000 },
              ]
            : [],
        facilityId: index === 0 ? testId('f', 1) : null,
      }),
    );
  }
  const incidents = Array.from({ length: incidentCount }, (_none, index): Incident => {
    const [priority, category, address, patientSummary] = calls[index % calls.length] ?? [3, 'Unknown', '–', ''];
    return {
      kind: 'incident',
      id: idOf(3, index),
      number: `2611-0${String(318 + index)}`,
      category,
      determinant: index % 3 === 0 ? '9-E-1' : null,
      priority,
      address,
      position: at(),
      patientSummary,
      caller: null,
      status: 'open',
      callReceivedAt: now - Math.round(60_000 + random() * 1_400_000),
      dispatchNotifiedAt: null,
      closedAt: null,
      endReason: null,
      mergedInto: null,
      splitFrom: null,
      events: [],
      notes:
        index === 0
          ? [
              { at: now - 40_000, by: author, text: 'CPR started, caller guided' },
              { at: now - 60_000, by: author, text: 'Priority 2 to 1, not breathing' },
            ]
          : [],
    };
  });
  for (const [index, incident] of incidents.entries())
    put(index === 0 ? { ...incident, callReceivedAt: now - 85_000 } : incident, index === 9);
  const fixes = new Map<Id, ReceivedFix>();
  const station = at();
  for (let index = 0; index < count; index += 1) {
    const type: UnitType = index === 11 ? 'helicopter' : index === 17 ? 'supervisor' : typeOf(index);
    const busy = index % 3 === 1 && type !== 'helicopter' && type !== 'supervisor';
    const out = index % 19 === 18;
    const status: UnitStatus = out
      ? 'outOfService'
      : busy
        ? (onMission[Math.floor(index / 3) % onMission.length] ?? 'enRoute')
        : index % 5 === 0
          ? 'availableAtStation'
          : 'availableMobile';
    const incident = incidents[1 + (Math.floor(index / 3) % (incidents.length - 3))];
    const assigned = busy && !out && incident;
    const unit: Unit = {
      kind: 'unit',
      id: idOf(1, index),
      callsign: `${letter[type]}${String(index + 1).padStart(2, '0')}`,
      type,
      stationName: `Base ${1 + (index % 4)}`,
      status,
      statusSince: now - Math.round(random() * (status === 'dispatched' ? 80_000 : 1_500_000)),
      outOfServiceReason: out ? 'refuel' : null,
      assignmentId: assigned ? idOf(2, index) : null,
      shiftStartedAt: now - 15_000_000,
      restingUntil: index === 6 ? now + 900_000 : null,
      shiftEndsAt: null,
      capabilities: [],
      delayed: false,
      emergency: index === 23,
      emergencySince: null,
      emergencyReason: null,
      rollCallAnsweredAt: null,
    };
    put(unit);
    if (assigned) {
      put(
        buildAssignment({
          id: idOf(2, index),
          incidentId: assigned.id,
          unitId: unit.id,
          dispatchedBy: author,
          times: {
            ...noTimes,
            unitNotified: assigned.callReceivedAt + 70_000,
            onScene: status === 'dispatched' ? null : assigned.callReceivedAt + 480_000,
          },
          hospitalId: status === 'transporting' ? idOf(5, index % 6) : null,
          etaAt: status === 'transporting' ? now + 380_000 : null,
        }),
      );
    }
    if (index === 13) continue;
    const age = index === 8 ? 430_000 : index === 21 ? 1_900_000 : random() * 20_000;
    const atStation = status === 'availableAtStation' && index < 40;
    const moving = !atStation && !['onScene', 'atPatient', 'offloading', 'atDestination', 'outOfService'].includes(status);
    fixes.set(unit.id, {
      unitId: unit.id,
      position: atStation ? station : at(),
      heading: moving ? random() * 360 : null,
      speed: moving ? 30 + random() * 40 : 0,
      observedAt: now - age,
      receivedAt: now - age,
      source: index % 5 === 4 ? 'replay' : 'vehicle',
      ...(index === 14 ? { skewMs: 90_000 + Math.round(age) } : {}),
    });
  }
  return { tables, fixes };
};

/** Every moving unit a second further. */
export const moveFixes = (fixes: ReadonlyMap<Id, ReceivedFix>, now: number): ReadonlyMap<Id, ReceivedFix> =>
  new Map(
    [...fixes].map(([id, fix]) => {
      if (fix.heading === null || now - fix.receivedAt > 60_000) return [id, fix];
      const turn = (fix.heading * Math.PI) / 180;
      const degrees = (fix.speed ?? 0) / 3.6 / 111_000;
      const position: [number, number] = [
        fix.position[0] + Math.sin(turn) * degrees * 1.2,
        fix.position[1] + Math.cos(turn) * degrees,
      ];
      return [id, { ...fix, position, observedAt: now, receivedAt: now }];
    }),
  );

/** What the station says each second. */
export const frameOf = (link: 'live' | 'offline', now: number): Frame => ({
  sequence: 1,
  facilityName: 'Northwater Control',
  timeZone: 'America/Montevideo',
  serverTime: now,
  serverTimeError: 20,
  link: { state: link, lastHeardAt: link === 'live' ? now : now - 190_000, roundTripMs: link === 'live' ? 41 : null },
  unsent: { count: link === 'live' ? 0 : 2, oldestAgeMs: link === 'live' ? null : 64_000 },
  conflicts: 0,
  alarms: link === 'live' ? { high: 0, medium: 1, low: 2, unacknowledged: 1 } : null,
  monitors: { reporting: 48, total: 48 },
  copy: { state: 'whole', asOf: now },
  person: { id: testId('9', 7), name: 'Tomas Reyes', roles: ['dispatcher'] },
  troubles: [],
});

/** A way through invented streets: along one, then across, in many short steps as a road has them. */
export const bentWay = (from: readonly [number, number], to: readonly [number, number]): [number, number][] => {
  const corners = [from, [(from[0] + to[0]) / 2, from[1]], [(from[0] + to[0]) / 2, to[1]], to] as const;
  return corners.slice(1).flatMap((corner, index) => {
    const [fromX, fromY] = corners[index] ?? from;
    return Array.from({ length: 30 }, (_none, step): [number, number] => [
      fromX + ((corner[0] - fromX) * (step + 1)) / 30,
      fromY + ((corner[1] - fromY) * (step + 1)) / 30,
    ]);
  });
};
