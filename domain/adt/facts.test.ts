import { describe, expect, test } from 'vitest';
import type { Encounter } from '../model/encounter.ts';
import { beds, createEvents, department, MINUTE } from '../testing/adt-department.ts';
import { buildArea, buildBed, buildEncounter, buildPatient, testId, testNow } from '../testing/builders.ts';
import type { VisitEvent } from './event.ts';

const event = createEvents();
const at = (minute: number) => testNow - 300 * MINUTE + minute * MINUTE;
type Here = ReturnType<typeof department>;
const visit = (here: Here) => [...here.view().list('encounter')][0];
const boards = (here: Here) => {
  const { admitDecidedAt = null, admitTo = null, departedAt = null } = visit(here) ?? {};
  return [admitDecidedAt === null ? null : (admitDecidedAt - at(0)) / MINUTE, admitTo, departedAt === null];
};
const came = (records: Parameters<typeof department>[0] = [], spoken: Parameters<typeof department>[1] = {}) => {
  const here = department(records, spoken);
  here.tell(event('A04', 0, 'ED^WAIT'));
  here.tell(event('A02', 10, 'ED^^B1'));
  return here;
};

describe('an admission', () => {
  test('makes a patient who is here a boarder, whatever place it names; the transfer there ends the visit', () => {
    const [inBed, toWard] = [came(), came()];
    const told = inBed.tell(event('A01', 60, 'ED^^B1', { patientClass: 'I', service: 'Surgery' }));
    expect([told.outcome, told.reason, boards(inBed), inBed.occupied()]).toEqual([
      'applied',
      'The patient is admitted, and stays here until a transfer.',
      [60, 'Surgery', true],
      ['B1 occupied'],
    ]);
    toWard.tell(event('A01', 60, 'WARD^7^2', { patientClass: 'I' }));
    expect([boards(toWard), toWard.occupied()]).toEqual([[60, 'WARD 7 2', true], ['B1 occupied']]);
    toWard.tell(event('A02', 200, 'WARD^7^2', { patientClass: 'I' }));
    expect([boards(toWard), visit(toWard)?.disposition, visit(toWard)?.departedAt, toWard.occupied()]).toEqual([
      [60, 'WARD 7 2', false],
      'admitted',
      at(200),
      [],
    ]);
  });

  test('is taken back alone by A11, and by A07 where it was an A06', () => {
    const here = came();
    here.tell(event('A01', 60, 'WARD^7^2', { patientClass: 'I' }));
    here.tell(event('A02', 70, 'ED^^B2'));
    here.tell(event('A11', 80, 'ED^^B2'));
    expect([boards(here), here.occupied()]).toEqual([[null, null, true], ['B2 occupied']]);
    here.tell(event('A06', 90, 'WARD^7^2'));
    expect([boards(here), here.occupied()]).toEqual([[90, 'WARD 7 2', true], ['B2 occupied']]);
    here.tell(event('A07', 95, 'ED^^B2'));
    expect([boards(here), here.occupied()]).toEqual([[null, null, true], ['B2 occupied']]);
  });

  test('counts from PV1-44 where that is not the arrival, and from what a desk decided where that was earlier', () => {
    const [own, arrival, desk] = [came(), came(), came()];
    own.tell(event('A01', 60, 'ED^^B1', { patientClass: 'I', admittedAt: at(45) }));
    arrival.tell(event('A01', 60, 'ED^^B1', { patientClass: 'I', admittedAt: at(0) }));
    desk.write([{ ...(visit(desk) as Encounter), admitDecidedAt: at(30), admitTo: 'Cardiology' }]);
    desk.tell(event('A01', 60, 'WARD^7', { patientClass: 'I' }));
    expect([own, arrival, desk].map(boards)).toEqual([
      [45, null, true],
      [60, null, true],
      [30, 'Cardiology', true],
    ]);
  });

  test('of somebody whom a desk registered leaves them here, also when it is taken back', () => {
    const here = department([
      buildPatient({ mrn: 'M1' }),
      buildEncounter({ bedId: null, visitNumber: null, arrivedAt: at(-5), place: 'Corridor' }),
    ]);
    here.tell(event('A01', 60, 'WARD^7', { patientClass: 'I' }));
    expect([boards(here), here.census()]).toEqual([[60, 'WARD 7', true], [['V1', null, true, 'Corridor']]]);
    here.tell(event('A11', 70, 'WARD^7'));
    expect([boards(here), here.census()]).toEqual([[null, null, true], [['V1', null, true, 'Corridor']]]);
  });

  test('to a place elsewhere means that the patient is there, where the site says so', () => {
    const here = came([], { admission: 'leaves' });
    here.tell(event('A01', 60, 'WARD^7^2', { patientClass: 'I' }));
    expect([boards(here), visit(here)?.disposition, here.occupied()]).toEqual([[60, 'WARD 7 2', false], 'admitted', []]);
  });
});

describe('out and back', () => {
  const out = (here: Here, minute: number) =>
    here.write([{ ...(visit(here) as Encounter), away: { to: 'CT', since: at(minute), expectedBackAt: at(90) } }]);

  test('A10 brings back whom the desk had noted as out, unless the desk noted it later', () => {
    const [before, after] = [came(), came()];
    out(before, 30);
    out(after, 50);
    expect([before, after].map((here) => [here.tell(event('A10', 40, 'ED^^B1')).reason, visit(here)?.away?.to ?? null])).toEqual([
      ['It was taken.', null],
      ['It was kept: a person noted at 2026-11-20 07:50 UTC that the patient is out (CT).', 'CT'],
    ]);
  });

  test('where Vigil leads both sides stand', () => {
    const here = came([], { placement: 'vigil' });
    out(here, 30);
    const told = here.tell(event('A10', 40, 'ED^^B1'));
    expect([told.outcome, told.reason, visit(here)?.away?.to, here.open()]).toEqual([
      'noted',
      'It was kept: Vigil leads on where patients are, and the patient is out (CT) since 2026-11-20 07:30 UTC.',
      'CT',
      [['placement', 'Back in the department', 'Out: CT']],
    ]);
  });

  test('who is moved to another bed is not out any more, and A09 keeps when a nurse expects them', () => {
    const here = came();
    out(here, 30);
    here.tell(event('A09', 35, 'ED^^B1', { temporaryLocation: 'MR' }));
    expect(visit(here)?.away).toEqual({ to: 'MR', since: at(35), expectedBackAt: at(90) });
    out(here, 36);
    here.tell(event('A02', 40, 'ED^^B2'));
    expect([visit(here)?.away, here.occupied()]).toEqual([null, ['B2 occupied']]);
  });
});

test('what messages change is in the log of the visit, as of the sender and of when it happened; told again it adds nothing', () => {
  const here = department();
  const story = [
    event('A04', 0, 'ED^WAIT'),
    event('A02', 10, 'ED^^B1'),
    event('A09', 20, 'ED^^B1', { temporaryLocation: 'CT' }),
    event('A10', 45, 'ED^^B1'),
    event('A01', 60, 'ED^^B1', { patientClass: 'I', service: 'Surgery' }),
    event('A03', 90, 'ED^^B1'),
  ];
  for (const one of story) here.tell(one);
  const { changes } = visit(here) as Encounter;
  expect(changes.map(({ what, at: moment, by }) => [what, (moment - at(0)) / MINUTE, by])).toEqual([
    ['arrived', 0, 'PAS'],
    ['away', 20, 'PAS'],
    ['back', 45, 'PAS'],
    ['admission', 60, 'PAS'],
    ['left', 90, 'PAS'],
  ]);
  for (const one of [...story, ...story.toReversed()]) here.tell(one);
  expect(visit(here)?.changes).toEqual(changes);
});

test('A16 says when a patient should leave, and that it says nothing where it does not', () => {
  const here = came();
  expect(here.tell(event('A16', 20, 'ED^^B1')).reason).toBe('It names no expected departure (PV2-9): nothing was changed.');
  here.tell(event('A16', 30, 'ED^^B1', { expectedDischargeAt: at(400) }));
  expect(visit(here)?.expectedDepartureAt).toBe(at(400));
  here.tell(event('A16', 40, 'ED^^B1'));
  expect(visit(here)?.expectedDepartureAt).toBe(at(400));
});

describe('a departure', () => {
  const left = (code: string | null, minute = 60, spoken: Parameters<typeof department>[1] = {}) => {
    const here = came([], spoken);
    const { reason } = here.tell(event('A03', minute, null, { dispositionCode: code }));
    return [visit(here)?.disposition, visit(here)?.status, reason];
  };
  test('ends as PV1-36 says, by the site’s table and table 0112', () => {
    expect(
      [null, '1', '02', '07', '09', '20', 'X', 'EXP'].map((code) => left(code, 60, { dispositions: new Map([['EXP', 'died']]) })),
    ).toEqual([
      ['discharged', 'finished', 'The patient was moved.'],
      ['discharged', 'finished', 'The patient was moved.'],
      ['transferred', 'finished', 'The patient was moved.'],
      ['leftAgainstAdvice', 'finished', 'The patient was moved.'],
      ['admitted', 'finished', 'The patient was moved.'],
      ['died', 'finished', 'The patient was moved.'],
      ['discharged', 'finished', 'The patient was moved. PV1-36 X is not mapped.'],
      ['died', 'finished', 'The patient was moved.'],
    ]);
    const waiting = department();
    waiting.tell(event('A04', 0, 'ED^WAIT'));
    waiting.tell(event('A03', 60, null, { dispositionCode: '07' }));
    expect([visit(waiting)?.disposition, visit(waiting)?.status]).toEqual(['leftWithoutBeingSeen', 'leftWithoutBeingSeen']);
    waiting.tell(event('A03', 61, null, { dispositionCode: '20' }));
    expect([visit(waiting)?.disposition, visit(waiting)?.status]).toEqual(['died', 'finished']);
  });

  test('is never before the arrival, and neither lies where it cannot be', () => {
    const here = department();
    const begun = here.tell(event('A04', 0, 'ED^WAIT', { admittedAt: at(0) - 30 * 24 * 60 * MINUTE }));
    const ended = here.tell(event('A03', 60, null, { dischargedAt: at(-10) }));
    expect([begun.reason, ended.reason, visit(here)?.arrivedAt, visit(here)?.departedAt]).toEqual([
      'The patient was moved. PV1-44 is no moment of this arrival and was not believed.',
      'The patient was moved. PV1-45 lies before the arrival, or is still to come, and was not believed.',
      at(0),
      at(60),
    ]);
    const registered = department([
      buildPatient({ mrn: 'M1' }),
      buildEncounter({ bedId: null, visitNumber: null, arrivedAt: at(30) }),
    ]);
    registered.tell(event('A03', 20));
    expect(visit(registered)?.departedAt).toBe(at(30));
    const late = department();
    late.tell(event('A02', 10, 'ED^^B1'));
    late.tell(event('A04', 0, 'ED^WAIT', { admittedAt: at(-5) }));
    expect(visit(late)?.arrivedAt).toBe(at(-5));
  });
});

describe('a bed', () => {
  test('that was held for the patient who is put into another is free again', () => {
    const held = buildBed({
      ...beds[1],
      status: 'reserved',
      reservation: { encounterId: testId('e', 1), assignmentId: null, reason: 'For Moreau', until: null },
    });
    const here = department([
      held,
      buildPatient({ mrn: 'M1' }),
      buildEncounter({ id: testId('e', 1), bedId: null, visitNumber: 'V1', arrivedAt: at(-5) }),
    ]);
    here.tell(event('A02', 10, 'ED^^B1'));
    const { status, reservation, since } = here.view().get('bed', held.id) ?? {};
    expect([status, reservation, since]).toEqual(['available', null, at(10)]);
  });

  test('against which a rule of the department speaks has the patient all the same, and a person is asked', () => {
    const women = buildArea({ sex: 'male' });
    const here = department([
      women,
      buildBed({ ...beds[0], areaId: women.id, single: false }),
      buildPatient({ mrn: 'M1' }),
      buildEncounter({ bedId: null, visitNumber: 'V1', arrivedAt: at(-5), isolation: 'airborne' }),
    ]);
    const told: VisitEvent = event('A02', 10, 'ED^^B1');
    here.tell(told);
    const sentence = 'The patient needs airborne isolation and B1 is not a room of its own. B1 is in an area for male patients.';
    expect([here.occupied(), here.open()]).toEqual([['B1 occupied'], [['placement', 'B1', sentence]]]);
    here.tell(event('A02', 20, 'ED^^B1'));
    expect(here.open()).toEqual([['placement', 'B1', sentence]]);
    here.tell(event('A02', 30, 'ED^^B2'));
    expect([here.occupied(), here.open().length]).toEqual([['B2 occupied'], 1]);
  });

  test('whose patient is put out by another’s message leaves that patient in a disagreement', () => {
    const here = came();
    here.tell(event('A01', 20, 'ED^^B1', { mrn: 'M2' }));
    const [one] = [...here.view().list('disagreement')];
    expect([one?.encounterId === visit(here)?.id, here.census(), here.open()]).toEqual([
      true,
      [
        ['V1', null, true, 'No bed: B1 is taken'],
        ['V2', 'B1', true, null],
      ],
      [['placement', 'B1', 'PAS says that another patient has B1 by now']],
    ]);
  });
});
