/** The small department that every simulation begins with, and what its hospital does on its own: few records, so that desks collide. */
import type { SnapshotKey } from '#contracts/wire/up.ts';
import type { RecordView, VigilRecord } from '#domain/model/record.ts';
import {
  buildAlarm,
  buildArea,
  buildBed,
  buildDevice,
  buildEncounter,
  buildFacility,
  buildIncident,
  buildPatient,
  buildUnit,
  ids,
  testId,
} from '#domain/testing/builders.ts';
import type { Random } from '#domain/testing/random.ts';

const count = <T>(many: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: many }, (_, index) => make(index + 1));

/** What stands at rev 1; with `filler` rows more, so that a snapshot has several pages. */
export const departmentStart = (filler: number): readonly VigilRecord[] => [
  buildFacility(),
  buildArea(),
  ...count(4, (index) => buildBed({ id: testId('b', index), label: `B${index}`, order: index })),
  ...count(4, (index) => buildPatient({ id: testId('c', index), mrn: `M${index}` })),
  ...count(4, (index) => buildEncounter({ id: testId('e', index), patientId: testId('c', index) })),
  ...count(3, (index) => buildUnit({ id: testId('2', index), callsign: `A0${index}` })),
  ...count(2, (index) => buildIncident({ id: testId('1', index), number: `2611-9${index}00` })),
  ...count(3, (index) => buildDevice({ id: testId('d', index), bedId: testId('b', index) })),
  ...count(3, (index) => buildAlarm({ id: testId('4', index), deviceId: testId('d', index), bedId: testId('b', index) })),
  ...count(filler, (index) => buildArea({ id: testId('a', index + 1_000), code: `F${index}`, order: index })),
];

type Change = { readonly puts?: readonly VigilRecord[]; readonly deletes?: readonly SnapshotKey[] };

const LONG_TEXT = 'A sentence of a note that somebody wrote at length. '.repeat(30);

/** One thing that happens at the hospital without a desk: patients arrive, alarms come and go, beds and units change hands. */
export const happenings: Readonly<Record<string, (view: RecordView, random: Random, now: number) => Change>> = {
  arrival: (_view, random, now) => {
    const patientId = random.id();
    return {
      puts: [
        buildPatient({ id: patientId, mrn: patientId.slice(0, 8) }),
        buildEncounter({ id: random.id(), patientId, arrivedAt: now }),
      ],
    };
  },
  alarm: (view, random, now) => {
    const device = random.pick([...view.list('device')]);
    return { puts: [buildAlarm({ id: random.id(), deviceId: device.id, bedId: device.bedId, onsetAt: now, refreshedAt: now })] };
  },
  alarmGone: (view, random) => {
    const alarms = [...view.list('alarm')];
    return alarms.length === 0 ? {} : { deletes: [{ kind: 'alarm', id: random.pick(alarms).id }] };
  },
  /** Deletes and puts again under the same id, perhaps between two pages of somebody's snapshot. */
  alarmBack: (view, random, now) => {
    const id = testId('4', random.int(1, 3));
    return view.get('alarm', id)
      ? { deletes: [{ kind: 'alarm', id }] }
      : { puts: [buildAlarm({ id, deviceId: testId('d', 1), onsetAt: now, refreshedAt: now })] };
  },
  bedTaken: (view, random, now) => {
    const bed = random.pick([...view.list('bed')]);
    const status = random.pick(['available', 'closed', 'contaminated'] as const);
    return { puts: [{ ...bed, status: bed.encounterId === null ? status : bed.status, note: random.id(), since: now }] };
  },
  departure: (view, random, now) => {
    const present = [...view.list('encounter')].filter(({ departedAt, bedId }) => departedAt === null && bedId === null);
    return present.length < 3 ? {} : { puts: [{ ...random.pick(present), status: 'finished', departedAt: now }] };
  },
  unitReports: (view, random, now) => {
    const unit = random.pick([...view.list('unit')]);
    return { puts: [{ ...unit, delayed: !unit.delayed, statusSince: unit.assignmentId === null ? now : unit.statusSince }] };
  },
  /** More rows than a resumed connection may bring: whoever is away needs a snapshot. */
  everythingMoves: (view, random) => ({
    puts: [
      ...[...view.list('area')].map((area) => ({ ...area, name: `Area ${random.int(1, 999)}` })),
      ...count(2_050, (index) => buildArea({ id: testId('a', index + 10_000), code: 'X', order: index })),
    ],
  }),
  everythingGone: (view) => ({
    deletes: [...view.list('area')].filter(({ code }) => code === 'X').map(({ id }) => ({ kind: 'area', id })),
  }),
  /** Far over what one poke may weigh. */
  manyChanges: (view, random) => ({
    puts: [...view.list('incident')].slice(0, 3).map((incident) => ({
      ...incident,
      notes: [
        ...count(80, (index) => ({
          at: index,
          by: { personId: ids.person, name: 'R. Ortiz' },
          text: `${random.next()} ${LONG_TEXT}`,
        })),
      ],
    })),
  }),
};
