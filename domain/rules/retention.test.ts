import { expect, test } from 'vitest';
import type { VigilRecord } from '../model/record.ts';
import type { Id } from '../model/values.ts';
import {
  buildAlarm,
  buildAssignment,
  buildBed,
  buildDevice,
  buildEncounter,
  buildIncident,
  buildPatient,
  buildTriageAssessment,
  buildUnit,
  testId,
  testNow,
} from '../testing/builders.ts';
import { createRandom } from '../testing/random.ts';
import { createView, recordsOf } from '../testing/view.ts';
import { noTimes } from './assignment-times.ts';
import { KEPT_AFTER_END, recordsLeaving } from './retention.ts';

const longAgo = testNow - KEPT_AFTER_END;
const patientId = testId('c', 1);
const gone = buildEncounter({ id: testId('e', 1), patientId, status: 'finished', departedAt: longAgo });
const patient = buildPatient({ id: patientId });
const leavingFrom = (records: readonly VigilRecord[]): readonly (readonly string[])[] =>
  recordsLeaving(createView(records), testNow).map((group) =>
    group.map(({ kind, id }) => `${kind} ${Number(`0x${id.slice(-12)}`)}`),
  );

test('K6 a visit that ended seven days ago leaves with its assessments, its alarms that are over and its patient', () => {
  const hanging = [buildTriageAssessment({ encounterId: gone.id }), buildAlarm({ encounterId: gone.id, state: 'normal' })];
  expect(leavingFrom([patient, gone, ...hanging])).toEqual([['encounter 1', 'triageAssessment 1', 'alarm 1', 'patient 1']]);
  expect(leavingFrom([patient, { ...gone, departedAt: longAgo + 1 }, ...hanging])).toEqual([]);
});

test('K6 a patient with another visit stays until that has ended as well', () => {
  const other = buildEncounter({ id: testId('e', 2), patientId });
  expect(leavingFrom([patient, gone, other])).toEqual([['encounter 1']]);
  expect(leavingFrom([patient, other])).toEqual([]);
});

test('K6 nothing leaves that a bed, a device or a standing alarm names', () => {
  const naming = [
    buildBed({ encounterId: gone.id }),
    buildBed({ reservation: { encounterId: gone.id, assignmentId: null, reason: 'back', until: null } }),
    buildDevice({ encounterId: gone.id }),
    buildAlarm({ encounterId: gone.id }),
  ];
  expect(naming.map((record) => leavingFrom([patient, gone, record]))).toEqual([[], [], [], []]);
});

test('K6 a merged record leaves with the one that stands for it, not before', () => {
  const merged = buildPatient({ id: testId('c', 2), mergedInto: patientId });
  const survivor = buildEncounter({ id: testId('e', 2), patientId });
  const ended = { ...gone, mergedInto: survivor.id };
  expect(leavingFrom([patient, merged, ended, survivor])).toEqual([]);
  expect(leavingFrom([patient, merged, ended, { ...survivor, status: 'finished', departedAt: longAgo }])).toEqual([
    ['encounter 1', 'encounter 2', 'patient 1', 'patient 2'],
  ]);
});

test('K6 an incident leaves with its assignments when no unit is on it and no visit that stays came from it', () => {
  const incident = buildIncident({ status: 'closed', closedAt: longAgo });
  const sent = buildAssignment({ times: { ...noTimes, unitNotified: longAgo, backInService: longAgo } });
  const all = [['incident 1', 'assignment 1']];
  const here = buildEncounter({ id: testId('e', 9), incidentId: incident.id });
  expect([
    leavingFrom([incident, sent]),
    leavingFrom([incident, sent, { ...gone, incidentId: incident.id }]),
    leavingFrom([{ ...incident, status: 'open' }, sent]),
    leavingFrom([incident, { ...sent, times: { ...sent.times, backInService: null } }]),
    leavingFrom([incident, sent, buildUnit({ assignmentId: sent.id })]),
    leavingFrom([incident, sent, here]),
  ]).toEqual([all, [['encounter 1'], ...all], [], [], [], []]);
});

/** Every id that a record names. */
const named = (record: VigilRecord): readonly Id[] =>
  [...JSON.stringify(record).matchAll(/[0-9a-f]{8}-0000-7000-8000-[0-9a-f]{12}/g)]
    .map(([id]) => id)
    .filter((id) => id !== record.id);

test('K6 for 300 seeds of tangled records: whatever part has left, nothing that stays names anything that is gone', () => {
  let left = 0;
  for (let seed = 1; seed <= 300; seed += 1) {
    const random = createRandom(seed);
    const within = (family: string) => testId(family, random.int(1, 12));
    const numbers = Array.from({ length: 12 }, (_, index) => index + 1);
    const ended = () => longAgo + random.int(-3, 1);
    const view = createView([
      ...numbers.map((n) =>
        buildPatient({ id: testId('c', n), mergedInto: n > 1 && random.chance(0.3) ? testId('c', random.int(1, n - 1)) : null }),
      ),
      ...numbers.map((n) => {
        // The first half are visits of one person, of which some were merged.
        const into = n > 1 && n <= 6 && random.chance(0.3) ? random.int(1, n - 1) : null;
        return buildEncounter({
          id: testId('e', n),
          patientId: n <= 6 ? patientId : within('c'),
          ...(random.chance(0.8) || into !== null ? { status: 'finished', departedAt: ended() } : {}),
          ...(into === null ? {} : { mergedInto: testId('e', into) }),
          incidentId: random.chance(0.3) ? within('1') : null,
        });
      }),
      ...numbers.map((n) => buildTriageAssessment({ id: testId('7', n), encounterId: within('e') })),
      ...numbers.map((n) =>
        buildIncident({ id: testId('1', n), ...(random.chance(0.7) ? { status: 'closed', closedAt: ended() } : {}) }),
      ),
      ...numbers.map((n) =>
        buildAssignment({
          id: testId('3', n),
          incidentId: within('1'),
          times: { ...noTimes, cancelled: random.chance(0.8) ? longAgo : null },
        }),
      ),
      buildUnit({ assignmentId: within('3') }),
      buildBed({ encounterId: within('e') }),
      buildAlarm({ encounterId: within('e'), state: random.chance(0.5) ? 'normal' : 'acknowledged' }),
    ]);
    const groups = recordsLeaving(view, testNow);
    const leaving = groups.slice(0, random.int(0, groups.length)).flat();
    const keys = leaving.map(({ kind, id }) => `${kind}/${id}`);
    expect(new Set(keys).size).toBe(keys.length);
    const isGone = new Set(leaving.map(({ id }) => id));
    const dangling = recordsOf(view)
      .filter(({ id }) => !isGone.has(id))
      .filter((record) => named(record).some((id) => isGone.has(id)));
    expect({ seed, dangling }).toEqual({ seed, dangling: [] });
    left += leaving.length;
  }
  expect(left).toBeGreaterThan(1_000);
});
