import { expect, test } from 'vitest';
import {
  buildAlarm,
  buildAssignment,
  buildCareNote,
  buildDisagreement,
  buildEncounter,
  buildIncident,
  buildPatient,
  buildTask,
  buildTriageAssessment,
  buildVitals,
  ids,
  testId,
  testNow,
} from '../testing/builders.ts';
import { createView } from '../testing/view.ts';
import { visitTimeline } from './visit-timeline.ts';

const minute = 60_000;
const by = { personId: ids.person, name: 'Kerr' };
const move = (at: number, bedId: string | null, place: string | null, note: string | null = null) => ({
  at,
  bedId,
  place,
  by: 'Kerr',
  note,
});

test('a visit is told from the call to the departure, with who did what', () => {
  const start = testNow - 200 * minute;
  const at = (minutes: number) => start + minutes * minute;
  const visit = buildEncounter({
    arrivedAt: at(40),
    arrivalMode: 'ambulance',
    incidentId: ids.incident,
    bedAssignedAt: at(60),
    triagedAt: at(45),
    admitDecidedAt: at(120),
    admitTo: 'Ward 4',
    departedAt: at(190),
    disposition: 'admitted',
    moves: [move(at(60), testId('b', 1), null), move(at(100), testId('b', 2), null, 'No other bed'), move(at(190), null, null)],
  });
  const mission = buildAssignment();
  const alarm = buildAlarm({ onsetAt: at(70), encounterId: visit.id, acknowledgedAt: at(71), acknowledgedBy: by });
  const view = createView([
    visit,
    buildPatient(),
    buildIncident({ callReceivedAt: at(0) }),
    { ...mission, times: { ...mission.times, unitNotified: at(2), onScene: at(12), leftScene: at(25), atDestination: at(38) } },
    buildTriageAssessment({ encounterId: visit.id, at: at(45), by, acuity: 3, vitals: buildVitals({ heartRate: 115 }) }),
    buildTriageAssessment({ id: testId('7', 2), encounterId: visit.id, at: at(90), by, acuity: 2, vitals: buildVitals() }),
    buildCareNote({ encounterId: visit.id, at: at(80), by, text: 'Pain eased' }),
    buildTask({ encounterId: visit.id, createdAt: at(85), by, text: 'ECG', ended: { at: at(95), by, outcome: 'done' } }),
    buildDisagreement({ encounterId: visit.id, at: at(101) }),
    alarm,
    buildAlarm({ id: testId('4', 2), encounterId: testId('e', 9) }),
    buildCareNote({ id: testId('6', 9), encounterId: testId('e', 9) }),
    buildTask({ id: testId('6', 8), encounterId: null }),
  ]);
  const told = visitTimeline(view, visit).map((event) => {
    const detail =
      event.what === 'mission'
        ? event.moment
        : event.what === 'moved'
          ? `${event.bedId?.slice(-1)} ${event.note ?? ''}`
          : event.what === 'triage'
            ? `${event.acuity} NEWS2 ${event.news.total} ${event.news.trend}`
            : event.what === 'left'
              ? event.disposition
              : '';
    return `${(event.at - start) / minute} ${event.what} ${detail} by ${event.by}`;
  });
  expect(told).toEqual([
    '0 mission called by null',
    '2 mission unitNotified by null',
    '12 mission onScene by null',
    '25 mission leftScene by null',
    '38 mission atDestination by null',
    '40 arrived  by null',
    '45 triage 3 NEWS2 2 null by Kerr',
    '60 moved 1  by Kerr',
    '70 alarm  by null',
    '71 alarmAnswered  by Kerr',
    '80 note  by Kerr',
    '85 taskAsked  by Kerr',
    '90 triage 2 NEWS2 0 falling by Kerr',
    '95 taskDone  by Kerr',
    '100 moved 2 No other bed by Kerr',
    '101 disagreement  by ADT',
    '120 admission  by null',
    '190 left admitted by Kerr',
  ]);
  expect(new Set(visitTimeline(view, visit).map(({ key }) => key)).size).toBe(told.length);
});

test('a visit that began before moves were kept tells its present bed', () => {
  const visit = buildEncounter({ bedId: ids.bed, bedAssignedAt: testNow - 5 });
  expect(visitTimeline(createView([visit]), visit).map(({ what, at }) => [what, at - testNow])).toEqual([
    ['arrived', -1_800_000],
    ['moved', -5],
  ]);
});

test('what was changed is told with who did it: out and back, the admission, the care of one breath as one', () => {
  const start = testNow - 200 * minute;
  const at = (minutes: number) => start + minutes * minute;
  const stamp = (minutes: number, by: string) => ({ at: at(minutes), by });
  const visit = buildEncounter({
    arrivedAt: at(0),
    admitDecidedAt: at(60),
    admitTo: 'Ward 4',
    away: { to: 'MRI', since: at(90), expectedBackAt: at(120) },
    changes: [
      { what: 'arrived', ...stamp(1, 'Ana') },
      { what: 'nurse', ...stamp(10, 'Bo'), text: 'Bo' },
      { what: 'flag', ...stamp(10, 'Bo'), flag: 'INT', isSet: true, note: 'Guaraní' },
      { what: 'nurse', ...stamp(12, 'Bo'), text: 'Cy' },
      { what: 'away', ...stamp(20, 'Bo'), to: 'CT', since: at(20), expectedBackAt: null },
      { what: 'back', ...stamp(45, 'Cy'), to: 'CT', since: at(20) },
      { what: 'expectedDeparture', ...stamp(50, 'Cy'), expectedAt: at(240) },
      { what: 'admission', ...stamp(60, 'Di'), to: null, since: at(60) },
      { what: 'admissionWithdrawn', ...stamp(61, 'Di') },
      { what: 'admission', ...stamp(62, 'Di'), to: 'Ward 4', since: at(60) },
      { what: 'left', ...stamp(70, 'Di'), disposition: 'leftWithoutBeingSeen', leftAt: at(65) },
      { what: 'returned', ...stamp(75, 'Di') },
    ],
  });
  const told = visitTimeline(createView([visit]), visit);
  expect(
    told.map(({ at: moment, what, by, ...event }) => {
      const detail = 'changes' in event ? event.changes.map((change) => change.what).join('+') : 'to' in event ? event.to : '';
      return `${(moment - start) / minute} ${what} ${detail} by ${by}`;
    }),
  ).toEqual([
    '0 arrived  by Ana',
    '10 care nurse+flag by Bo',
    '12 care nurse by Bo',
    '20 away CT by Bo',
    '45 back CT by Cy',
    '50 expectedDeparture  by Cy',
    '60 admission null by Di',
    '61 admissionWithdrawn  by Di',
    '62 admission Ward 4 by Di',
    '65 left  by Di',
    '75 returned  by Di',
    // What no log knows is told all the same.
    '90 away MRI by null',
  ]);
  expect(new Set(told.map(({ key }) => key)).size).toBe(told.length);
});
