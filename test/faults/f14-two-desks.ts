/**
 * F14: two desks are offline and do what cannot both be so. Both come back; the hospital and both desks end with the same rows,
 * and what was not done is shown at the desk that did it. A bed, a triage level and an allergy are never overwritten in silence.
 */
import type { VigilRecord } from '#domain/model/record.ts';
import { until } from '#test/system/station-process.ts';
import { endAndJudge, readHospital } from './invariants.ts';
import { type Findings, live, offline, settled, usable, withScene, work } from './scene.ts';
import { beds, createWorker, department, encounters, type Gesture } from './work.ts';

type Act = { readonly name: string; readonly input: unknown };
type Pair = { readonly name: string; readonly acts: readonly [Act, Act]; readonly done: 'one' | 'oneOrBoth' };

const bedId = (index: number): string => beds[beds.length - 1 - index]?.id ?? '';
const encounterId = (index: number): string => encounters[index]?.id ?? '';
const assign = (encounter: number, bed: number): Act => ({
  name: 'assignBed',
  input: { bedId: bedId(bed), encounterId: encounterId(encounter) },
});
const release = (disposition: string): Act => ({
  name: 'releaseBed',
  input: { bedId: bedId(0), encounterId: encounterId(0), disposition },
});
const block = (bed: number): Act => ({ name: 'blockBed', input: { bedId: bedId(bed), reason: 'equipment', until: null } });
const triage = (encounter: number, acuity: number, allergies: readonly string[] | null): Act => ({
  name: 'recordTriage',
  input: {
    encounterId: encounterId(encounter),
    complaint: `level ${acuity}`,
    vitals: {
      respiratoryRate: 16,
      spo2: 97,
      oxygen: 'air',
      systolic: 120,
      diastolic: 80,
      heartRate: 80,
      consciousness: 'A',
      temperature: 37,
      pain: null,
      glucose: null,
    },
    spo2Scale: 1,
    acuity,
    note: null,
    allergies,
  },
});

const pairs: readonly Pair[] = [
  { name: 'two patients for one bed', acts: [assign(2, 5), assign(3, 5)], done: 'one' },
  { name: 'one bed blocked and given', acts: [block(5), assign(2, 5)], done: 'one' },
  { name: 'two discharges', acts: [release('discharged'), release('admitted')], done: 'one' },
  { name: 'a discharge and a triage', acts: [release('discharged'), triage(0, 2, null)], done: 'oneOrBoth' },
  { name: 'one patient in two beds', acts: [assign(2, 5), assign(2, 6)], done: 'one' },
  { name: 'two triage levels', acts: [triage(2, 2, null), triage(2, 4, null)], done: 'one' },
  { name: 'two lists of allergies', acts: [triage(2, 3, ['penicillin']), triage(2, 3, [])], done: 'one' },
];

/** The first patient lies in the last bed. */
const occupied: readonly VigilRecord[] = department.map((record) => {
  if (record.kind === 'bed' && record.id === bedId(0)) return { ...record, status: 'occupied', encounterId: encounterId(0) };
  if (record.kind === 'encounter' && record.id === encounterId(0))
    return { ...record, status: 'inProgress', bedId: bedId(0), bedAssignedAt: record.arrivedAt };
  return record;
});

/** One pair, with other work around it. */
export const run = (seed: number): Promise<Findings> =>
  withScene(seed, async (scene) => {
    const { random } = scene;
    const pair = pairs[(seed - 1) % pairs.length] ?? pairs[0];
    if (!pair) return;
    const acts = random.chance(0.5) ? pair.acts : ([...pair.acts].reverse() as unknown as Pair['acts']);
    const hospital = await scene.hospital({ records: occupied });
    const desks = [scene.desk('first', hospital.port), scene.desk('second', hospital.port)];
    for (const desk of desks) {
      await live(desk);
      await usable(desk);
    }
    await hospital.crash();
    const gestures: Gesture[] = [];
    for (const [place, desk] of desks.entries()) {
      await offline(desk);
      const worker = createWorker(random.fork(`worker ${place}`), place);
      await work(desk, worker.next, random.int(0, 4));
      const act = acts[place];
      if (!act) continue;
      const gesture = { commandId: random.id(), ...act };
      gestures.push(gesture);
      const answer = await desk.make(gesture);
      scene.expect(answer === 'saved', `${pair.name}: ${gesture.name} was ${answer} offline`);
      await work(desk, worker.next, random.int(0, 4));
    }
    const running = await scene.hospital({ port: hospital.port, records: occupied });
    for (const desk of desks) await live(desk, 40_000);
    for (const desk of desks) await settled(desk);
    const { rev } = await running.state();
    await until('both desks have heard of the last change', () => desks.every((desk) => desk.frame()?.copy.state === 'whole'));
    scene.expect(rev > 1, 'nothing was done');
    const shown = desks.flatMap((desk) => desk.conflicts().map(({ commandId }) => commandId));
    await endAndJudge(scene, running, desks, { conflicts: 'some' });
    const outcomes = gestures.map(({ commandId }) =>
      readHospital(running.file).settlements.find((one) => one.commandId === commandId),
    );
    const applied = outcomes.filter((outcome) => outcome?.status === 'applied').length;
    scene.expect(applied === 1 || (applied === 2 && pair.done === 'oneOrBoth'), `I6: ${pair.name}: ${applied} of two were done`);
    for (const outcome of outcomes) {
      if (outcome?.status === 'refused')
        scene.expect(shown.includes(outcome.commandId), `I6: ${pair.name}: what was not done is not shown`);
    }
    scene.expect(shown.length === 2 - applied, `${pair.name}: ${shown.length} commands are shown, ${2 - applied} were not done`);
  });
