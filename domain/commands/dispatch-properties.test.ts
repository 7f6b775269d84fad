/** Laws of what is told by radio and of what is taken back in the dispatch room, tried on seeded situations. */
import { describe, expect, test } from 'vitest';
import type { RecordView } from '../model/record.ts';
import { buildAssignment, buildGrant, buildIncident, buildUnit, ids, testId, testNow } from '../testing/builders.ts';
import { createRandom, type Random } from '../testing/random.ts';
import { createView, recordsOf, viewWith } from '../testing/view.ts';
import { type Decision, decide } from './decide.ts';
import type { Envelope } from './envelope.ts';
import type { CommandInput, CommandName } from './registry.ts';

const seeds = Array.from({ length: 40 }, (_, index) => index + 1);

const envelopeOf = (name: CommandName, input: unknown, issuedAt: number, random: Random): Envelope => ({
  commandId: random.id(),
  name,
  input,
  issuedAt,
  issuedAtError: 5,
  grant: 'signed',
});
const apply = (view: RecordView, decision: Decision): RecordView => {
  if (!decision.ok) throw new Error(decision.refusal.message);
  return viewWith(view, decision.puts);
};
const give = <N extends CommandName>(view: RecordView, name: N, input: CommandInput<N>, issuedAt: number, random: Random) =>
  apply(view, decide(view, envelopeOf(name, input, issuedAt, random), buildGrant(), 0));

/** Incidents of every kind with a mission for each of some units, at any status before the scene. */
const onTheRoad = (random: Random): RecordView => {
  const units = Array.from({ length: 4 }, (_, index) => index + 1);
  const line = () => random.pick([null, 'Man, 60']);
  return createView([
    ...units.flatMap((number) => [
      buildUnit({
        id: testId('2', number),
        status: random.pick(['dispatched', 'acknowledged', 'enRoute', 'staging']),
        statusSince: testNow - random.int(0, 500),
        assignmentId: testId('3', number),
      }),
      buildAssignment({ id: testId('3', number), unitId: testId('2', number), incidentId: testId('1', random.int(1, 2)) }),
    ]),
    ...[1, 2, 3].map((number) =>
      buildIncident({
        id: testId('1', number),
        priority: random.pick([1, 2, 3]),
        callReceivedAt: testNow - random.int(60_000, 120_000),
        patientSummary: line(),
        notes: Array.from({ length: random.int(0, 3) }, () => ({
          at: testNow - random.int(1, 5) * 1_000,
          by: { personId: ids.person, name: 'R. Ortiz' },
          text: random.pick(['Gate code 12', 'Third floor']),
        })).sort((a, b) => a.at - b.at),
      }),
    ),
  ]);
};

describe('what a crew was told by radio', () => {
  const untold = (view: RecordView) =>
    recordsOf(view).map((record) =>
      record.kind === 'assignment'
        ? { ...record, id: '', how: '', voiceNote: null, endedByVoice: null }
        : { ...record, assignmentId: '' },
    );
  const told = { voiceNote: 'Radio 2', reason: 'More urgent' };

  test.each(seeds)(
    'seed %d: leaves what the console leaves, is told by voice, and gives way to what the crew reported since',
    (seed) => {
      const random = createRandom(seed);
      const view = onTheRoad(random);
      const [unitId, assignmentId, incidentId] = [testId('2', 1), testId('3', 1), testId('1', 3)];
      const { reason, voiceNote } = told;
      const byVoice = { incidentId, unitId, voiceNote, instead: { assignmentId, reason } };
      const diverted = give(view, 'dispatchByVoice', byVoice, testNow, random);
      expect(untold(diverted)).toEqual(untold(give(view, 'divertUnit', { unitId, incidentId, reason }, testNow, random)));
      const recalled = give(view, 'cancelDispatchByVoice', { assignmentId, reason, voiceNote }, testNow, random);
      expect(untold(recalled)).toEqual(untold(give(view, 'cancelDispatch', { unitId, reason }, testNow, random)));
      for (const after of [diverted, recalled]) {
        expect(after.get('assignment', assignmentId)?.endedByVoice?.note).toBe('Radio 2');
        const begun = [...after.list('assignment')].filter(({ id }) => !view.get('assignment', id));
        expect(begun.map(({ how }) => how)).toEqual(after === diverted ? ['voice'] : []);
      }
      const since = give(view, 'setUnitStatus', { unitId, status: 'onScene', reason: null }, testNow + 1, random);
      const moved = give(view, 'divertUnit', { unitId, incidentId: testId('1', 3), reason }, testNow + 1, random);
      const late = [
        decide(since, envelopeOf('dispatchByVoice', byVoice, testNow, random), buildGrant(), 3_600_000),
        decide(since, envelopeOf('cancelDispatchByVoice', { assignmentId, ...told }, testNow, random), buildGrant(), 3_600_000),
        decide(moved, envelopeOf('cancelDispatchByVoice', { assignmentId, ...told }, testNow, random), buildGrant(), 3_600_000),
      ];
      expect(late.map((decision) => (decision.ok ? 'done' : decision.refusal.code))).toEqual([
        'conflict',
        'conflict',
        'alreadyDone',
      ]);
    },
  );
});

describe('incidents that were merged or split by mistake', () => {
  const eventless = (view: RecordView) =>
    recordsOf(view).map((record) => (record.kind === 'incident' ? { ...record, events: [] } : record));
  const [stays, merged] = [testId('1', 1), testId('1', 2)];
  const undoOf = (view: RecordView): CommandInput<'takeBackMerge'> => {
    const { priority, callReceivedAt, patientSummary, caller } = view.get('incident', stays) ?? buildIncident();
    const came = [...view.list('assignment')].filter(({ incidentId }) => incidentId === merged);
    return {
      incidentId: stays,
      mergedIncidentId: merged,
      assignmentIds: came.map(({ id }) => id),
      stood: { priority, callReceivedAt, patientSummary, caller },
      ended: { status: 'open', closedAt: null },
    };
  };
  const second = { category: 'Fall', priority: 3, address: 'Rambla 3', position: [-56.12, -34.9], patientSummary: null };

  test.each(seeds)('seed %d: are as they were, unless somebody has built on it', (seed) => {
    const random = createRandom(seed);
    const view = onTheRoad(random);
    const one = give(view, 'mergeIncidents', { incidentId: stays, mergedIncidentId: merged }, testNow, random);
    expect(eventless(give(one, 'takeBackMerge', undoOf(view), testNow + 9_000, random))).toEqual(eventless(view));
    const split = envelopeOf('splitIncident', { incidentId: stays, ...second, unitIds: [] }, testNow, random);
    const two = apply(view, decide(view, split, buildGrant(), 0));
    const splitIncidentId = [...two.list('incident')].find(({ splitFrom }) => splitFrom === stays)?.id ?? '';
    const back = { incidentId: stays, splitIncidentId };
    const undone = give(two, 'takeBackSplit', back, testNow + 9_000, random);
    expect(undone.get('incident', splitIncidentId)).toMatchObject({ status: 'merged', mergedInto: stays });
    expect(eventless(undone).filter(({ id }) => id !== splitIncidentId)).toEqual(eventless(view));

    const built = (on: RecordView, incidentId: string): readonly RecordView[] => [
      give(on, 'addIncidentNote', { incidentId, text: 'Blue door' }, testNow + 1, random),
      give(on, 'correctIncident', { incidentId, place: { address: 'Rambla 9', position: [-56.1, -34.9] } }, testNow + 1, random),
      give(
        viewWith(on, [buildUnit({ id: testId('2', 9) })]),
        'dispatchUnit',
        { incidentId, unitId: testId('2', 9) },
        testNow + 1,
        random,
      ),
    ];
    const refusals = [
      ...built(one, stays).map((on) =>
        decide(on, envelopeOf('takeBackMerge', undoOf(view), testNow + 2, random), buildGrant(), 0),
      ),
      ...built(two, splitIncidentId).map((on) =>
        decide(on, envelopeOf('takeBackSplit', back, testNow + 2, random), buildGrant(), 0),
      ),
      decide(
        one,
        envelopeOf('takeBackMerge', { ...undoOf(view), stood: { ...undoOf(view).stood, priority: 5 } }, testNow + 2, random),
        buildGrant(),
        0,
      ),
    ].map((decision) => (decision.ok ? 'done' : decision.refusal.code));
    const isMoreUrgent = (one.get('incident', merged)?.priority ?? 5) === one.get('incident', stays)?.priority;
    expect(refusals).toEqual([...Array(6).fill('conflict'), isMoreUrgent ? 'done' : 'conflict']);
  });
});
