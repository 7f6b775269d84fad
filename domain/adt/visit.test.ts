import { describe, expect, test } from 'vitest';
import { bedId, beds, createEvents, department, MINUTE } from '../testing/adt-department.ts';
import { buildBed, buildEncounter, buildPatient, testId, testNow } from '../testing/builders.ts';
import { createRandom } from '../testing/random.ts';
import type { AdtEvent, VisitEvent, VisitTrigger } from './event.ts';

const event = createEvents();

describe('a visit', () => {
  test('comes, gets a bed, moves and leaves; beds and monitors go with it', () => {
    const here = department();
    expect(here.tell(event('A04', 0, 'ED^WAIT')).outcome).toBe('applied');
    expect(here.census()).toEqual([['V1', null, true, 'Waiting room']]);
    here.tell(event('A02', 10, 'ED^^B1'));
    expect([here.occupied(), here.monitored()]).toEqual([['B1 occupied'], [true, false, false]]);
    here.tell(event('A02', 20, 'ED^^B2'));
    expect([here.occupied(), here.monitored(), here.view().get('bed', beds[0]?.id ?? '')?.status]).toEqual([
      ['B2 occupied'],
      [false, true, false],
      'contaminated',
    ]);
    here.tell(event('A03', 30));
    expect([here.occupied(), here.monitored(), here.census()]).toEqual([[], [false, false, false], [['V1', null, false, null]]]);
    expect(here.open()).toEqual([]);
  });

  test('that goes to a ward is admitted there', () => {
    const here = department();
    here.tell(event('A01', 0, 'ED^^B1'));
    here.tell(event('A02', 60, 'WARD^7^2'));
    expect([...here.view().list('encounter')]).toMatchObject([
      { bedId: null, departedAt: testNow - 240 * MINUTE, disposition: 'admitted', status: 'finished' },
    ]);
  });

  test('an update moves nobody, whatever place it names', () => {
    const here = department();
    here.tell(event('A01', 0, 'ED^^B1'));
    const told = here.tell(event('A08', 10, 'ED^^B2', { reason: 'Chest pain' }));
    expect([told.outcome, here.occupied(), [...here.view().list('encounter')][0]?.complaint]).toEqual([
      'applied',
      ['B1 occupied'],
      'Chest pain',
    ]);
  });

  test('what is older than what stands moves nobody and says so', () => {
    const here = department();
    here.tell(event('A01', 0, 'ED^^B1'));
    here.tell(event('A02', 20, 'ED^^B3'));
    const told = here.tell(event('A02', 10, 'ED^^B2'));
    expect([told.outcome, told.reason, here.occupied()]).toEqual([
      'noted',
      'It is older than the A02 of 2026-11-20 07:20 UTC and moved nobody.',
      ['B3 occupied'],
    ]);
  });

  test('is in its bed since the transfer, though the admission from there was heard before it', () => {
    const here = department();
    here.tell(event('A04', 0, 'ED^WAIT'));
    here.tell(event('A01', 20, 'ED^^B1', { patientClass: 'I' }));
    const since = (): unknown => {
      const [encounter] = here.view().list('encounter');
      const bed = here.view().get('bed', beds[0]?.id ?? '');
      return [encounter?.bedAssignedAt, bed?.since, encounter?.moves.at(-1)?.at, encounter?.moves.length].map(
        (one) => one && (one > 1000 ? (one - testNow) / MINUTE : one),
      );
    };
    expect(since()).toEqual([-280, -280, -280, 2]);
    expect(here.tell(event('A02', 10, 'ED^^B1')).outcome).toBe('applied');
    expect(since()).toEqual([-290, -290, -290, 2]);
  });

  test('is out at imaging with the bed kept, and is back', () => {
    const here = department();
    here.tell(event('A01', 0, 'ED^^B1'));
    here.tell(event('A09', 10, 'ED^^B1', { temporaryLocation: 'CT' }));
    const away = () => [...here.view().list('encounter')][0]?.away;
    expect([away(), here.occupied()]).toEqual([
      { to: 'CT', since: testNow - 290 * MINUTE, expectedBackAt: null },
      ['B1 occupied'],
    ]);
    here.tell(event('A10', 20, 'ED^^B1'));
    expect([away(), here.occupied()]).toEqual([null, ['B1 occupied']]);
  });

  test('a transfer, a departure and an arrival are taken back', () => {
    const here = department();
    here.tell(event('A04', 0, 'ED^WAIT'));
    here.tell(event('A02', 10, 'ED^^B1'));
    here.tell(event('A02', 20, 'ED^^B2'));
    here.tell(event('A12', 25));
    expect(here.occupied()).toEqual(['B1 occupied']);
    here.tell(event('A03', 30));
    here.tell(event('A13', 35));
    expect(here.occupied()).toEqual(['B1 occupied']);
    here.tell(event('A11', 40));
    expect([here.occupied(), here.census()]).toEqual([[], [['V1', null, false, null]]]);
  });

  test('a departure that is taken back when the bed is taken leaves the patient in sight, and the bed to whom it was given', () => {
    const here = department();
    here.tell(event('A01', 0, 'ED^^B1'));
    here.tell(event('A03', 10));
    here.tell(event('A01', 20, 'ED^^B1', { mrn: 'M2' }));
    here.tell(event('A13', 30, 'ED^^B1'));
    expect(here.census()).toEqual([
      ['V1', null, true, 'No bed: B1 is taken'],
      ['V2', 'B1', true, null],
    ]);
    expect(here.open()).toContainEqual(['placement', 'B1', 'B1 was given to another patient later']);
    here.tell(event('A02', 40, 'ED^^B3', { mrn: 'M2' }));
    expect([here.census(), here.open().filter(([about]) => about === 'placement')]).toEqual([
      [
        ['V1', 'B1', true, null],
        ['V2', 'B3', true, null],
      ],
      [],
    ]);
  });

  test('a departure that is taken back may end in another place than it began in', () => {
    const here = department();
    here.tell(event('A01', 0, 'ED^^B1'));
    here.tell(event('A03', 10));
    here.tell(event('A01', 20, 'ED^^B1', { mrn: 'M2' }));
    here.tell(event('A13', 30, 'ED^WAIT'));
    expect([here.census(), here.open().filter(([about]) => about === 'placement')]).toEqual([
      [
        ['V1', null, true, 'Waiting room'],
        ['V2', 'B1', true, null],
      ],
      [],
    ]);
  });

  test('an arrival that is taken back ends also where the patient had been expected', () => {
    const here = department();
    here.tell(event('A05', 0));
    here.tell(event('A04', 10, 'ED^WAIT'));
    here.tell(event('A11', 12, 'ED^WAIT'));
    expect(here.census()).toEqual([['V1', null, false, null]]);
    here.tell(event('A04', 30, 'ED^WAIT'));
    expect(here.census()).toEqual([['V1', null, true, 'Waiting room']]);
  });

  test('at a place that nobody mapped stands without a bed, and the message waits', () => {
    const here = department();
    here.tell(event('A01', 0, 'ED^^B1'));
    const told = here.tell(event('A02', 10, 'ED^^B99'));
    expect([told.outcome, told.location, here.census()]).toEqual([
      'waiting',
      'ED^^B99',
      [['V1', null, true, 'ED B99: not mapped']],
    ]);
  });

  test('a person who registered the patient first, and a message after it, are one visit', () => {
    const here = department([buildPatient({ mrn: 'M1' }), buildEncounter({ bedId: null, visitNumber: null })]);
    expect(here.tell(event('A01', 0, 'ED^^B1')).outcome).toBe('applied');
    expect(here.census()).toEqual([['V1', 'B1', true, null]]);
  });

  test('a message about another patient under the same visit changes no name', () => {
    const here = department();
    here.tell(event('A01', 0, 'ED^^B1'));
    here.tell({
      ...event('A08', 10),
      patient: { mrn: 'M9', name: { family: 'Other', given: 'One' }, birthDate: null, sex: null },
    });
    expect([[...here.view().list('patient')].map(({ name }) => name?.family), here.open()]).toEqual([
      ['Moreau'],
      [['identity', 'Patient M9', 'Patient M1']],
    ]);
  });
});

describe('what a person did', () => {
  const moved = (minute: number) => [
    buildPatient({ mrn: 'M1' }),
    buildEncounter({
      visitNumber: 'V1',
      status: 'inProgress',
      bedId: bedId('B2') ?? null,
      bedAssignedAt: testNow - 300 * MINUTE + minute * MINUTE,
      place: null,
      moves: [
        { at: testNow - 300 * MINUTE + minute * MINUTE, bedId: bedId('B2') ?? null, place: null, by: 'Ana Lima', note: null },
      ],
    }),
    buildBed({ ...beds[1], status: 'occupied', encounterId: testId('e', 1) }),
  ];
  const known = { ...event('A01', -10, 'ED^^B1') };

  test('later than a message is not undone by it: both sides stand', () => {
    const here = department(moved(30));
    const told = here.tell({ ...known, visit: { ...known.visit, number: null } });
    expect([told.outcome, here.occupied(), here.open()]).toEqual(['noted', ['B2 occupied'], [['placement', 'B1', 'B2']]]);
  });

  test('comes back from the patient administration as a confirmation', () => {
    const here = department(moved(30));
    const echo = event('A02', 31, 'ED^^B2');
    const told = here.tell({ ...echo, visit: { ...echo.visit, number: null } });
    expect([told.outcome, told.puts.filter(({ kind }) => kind === 'bed'), here.open()]).toEqual(['confirmed', [], []]);
  });

  test('is kept where Vigil leads on where patients are', () => {
    const here = department(moved(30), { placement: 'vigil' });
    const later = event('A02', 60, 'ED^^B3');
    const told = here.tell({ ...later, visit: { ...later.visit, number: null } });
    expect([told.outcome, here.occupied(), here.open()]).toEqual(['noted', ['B2 occupied'], [['placement', 'B3', 'B2']]]);
  });

  test('a patient in a bed that is blocked here has it, with what was lost beside it', () => {
    const here = department([buildBed({ ...beds[0], status: 'blocked', note: 'Suction' })]);
    here.tell(event('A01', 0, 'ED^^B1'));
    expect([here.occupied(), here.open()]).toEqual([['B1 occupied'], [['bedStatus', 'occupied', 'blocked: Suction']]]);
  });
});

describe('bed status and merges', () => {
  const told = { sender: 'PAS|GH', controlId: 'S1', occurredAt: testNow, recordedAt: testNow };
  test('a status is kept as the other side where Vigil leads, and taken where it does not', () => {
    const status = { trigger: 'A20' as const, ...told, location: 'ED^^B1', status: 'K' };
    const [ours, theirs] = [department(), department([], { housekeeping: 'adt' })];
    expect([ours.tell(status).outcome, ours.open()]).toEqual(['noted', [['bedStatus', 'contaminated', 'available']]]);
    expect([theirs.tell(status).outcome, theirs.view().get('bed', bedId('B1') ?? '')?.status]).toEqual([
      'applied',
      'contaminated',
    ]);
    expect(theirs.tell(status).outcome).toBe('confirmed');
    expect(theirs.tell({ ...status, status: 'Q' }).outcome).toBe('refused');
  });

  const statusOf = (here: ReturnType<typeof department>) => {
    const bed = here.view().get('bed', bedId('B1') ?? '');
    return [bed?.status, bed?.since];
  };
  const statusAt = (minute: number, status: string): AdtEvent => {
    const at = testNow - 300 * MINUTE + minute * MINUTE;
    return {
      trigger: 'A20',
      sender: 'PAS|GH',
      controlId: `S${minute}`,
      occurredAt: at,
      recordedAt: at,
      location: 'ED^^B1',
      status,
    };
  };

  test('a status that comes before the departure which it followed is taken with the departure', () => {
    const here = department([], { housekeeping: 'adt' });
    here.tell(event('A01', 0, 'ED^^B1'));
    // Out of order among themselves too.
    for (const told of [statusAt(35, 'U'), statusAt(32, 'H')]) expect(here.tell(told).outcome).toBe('noted');
    here.tell(event('A03', 30));
    expect([statusOf(here), here.open()]).toEqual([['available', testNow - 265 * MINUTE], []]);
  });

  test('a status of before somebody came into the bed is nobody’s question', () => {
    const here = department([], { housekeeping: 'adt' });
    here.tell(event('A01', 10, 'ED^^B1'));
    expect(here.tell(statusAt(5, 'U')).reason).toBe('It is older than what stands: B1 is occupied.');
    here.tell(statusAt(20, 'H'));
    here.tell(event('A02', 30, 'ED^^B1', { mrn: 'M2' }));
    expect(here.open().filter(([about]) => about === 'bedStatus')).toEqual([]);
  });

  test('who is believed on cleaning puts a patient into a bed that is not clean, and nobody is asked', () => {
    const here = department([], { housekeeping: 'adt' });
    here.tell(event('A01', 0, 'ED^^B1'));
    here.tell(event('A02', 10, 'ED^^B2'));
    here.tell(event('A02', 11, 'ED^^B1'));
    expect([here.occupied(), here.open()]).toEqual([['B1 occupied'], []]);
  });

  test('a merge says the name under which the patient stays', () => {
    const here = department();
    here.tell(event('A04', 0, 'ED^WAIT'));
    const patient = { mrn: 'M7', name: { family: 'Weiss', given: 'Ida' }, birthDate: '1950-01-02', sex: null };
    here.tell({ trigger: 'A40', ...told, patient, mergedMrn: 'M1' });
    const described = () =>
      [...here.view().list('patient')].map(({ mrn, name, birthDate, sex }) => [mrn, name?.family, birthDate, sex]);
    expect(described()).toEqual([['M7', 'Weiss', '1950-01-02', 'female']]);
  });

  test('a merge heard after what was said under the number that stays undoes none of it, and ends the question whose it was', () => {
    const here = department();
    here.tell(event('A04', 0, 'ED^WAIT'));
    const renamed = { mrn: 'M7', name: { family: 'Moreau', given: 'Lea Kim' }, birthDate: '1980-05-04', sex: 'female' as const };
    here.tell({ ...event('A08', 20), patient: renamed });
    expect(here.open()).toEqual([['identity', 'Patient M7', 'Patient M1']]);
    const merge = { trigger: 'A40' as const, ...told, occurredAt: testNow - 290 * MINUTE, mergedMrn: 'M1' };
    here.tell({ ...merge, patient: { ...renamed, name: { family: 'Moreau', given: 'Lea' } } });
    expect([[...here.view().list('patient')].map(({ mrn, name }) => [mrn, name?.given]), here.open()]).toEqual([
      [['M7', 'Lea Kim']],
      [],
    ]);
  });

  test('a merge of two who have a visit each waits until one of the two has ended', () => {
    const here = department();
    here.tell(event('A04', 0, 'ED^WAIT'));
    here.tell(event('A04', 5, 'ED^WAIT', { mrn: 'M2' }));
    const patient = { mrn: 'M1', name: null, birthDate: null, sex: null };
    const merge = { trigger: 'A40' as const, ...told, patient, mergedMrn: 'M2' };
    expect(here.tell(merge)).toMatchObject({
      outcome: 'waiting',
      reason: 'Both have a visit under way, V1 and V2. This is done when one of them ends, or when the two are merged at a desk.',
    });
    here.tell(event('A03', 4));
    expect(here.tell(merge).outcome).toBe('applied');
    expect(here.census()).toEqual([
      ['V1', null, false, null],
      ['V2', null, true, 'Waiting room'],
    ]);
  });

  test('two records become one; what protects a patient waits for a person', () => {
    const [stays, goes] = [
      buildPatient({ id: testId('c', 1), mrn: 'M1', allergies: [] }),
      buildPatient({ id: testId('c', 2), mrn: 'M2' }),
    ];
    const merge = {
      trigger: 'A40' as const,
      ...told,
      patient: { mrn: 'M1', name: null, birthDate: null, sex: null },
      mergedMrn: 'M2',
    };
    const here = department([stays, goes]);
    expect([here.tell(merge).outcome, here.view().get('patient', goes.id)?.mergedInto]).toEqual(['applied', stays.id]);
    expect(here.tell(merge).outcome).toBe('confirmed');
    const differing = department([stays, { ...goes, allergies: ['Latex'] }]);
    expect(differing.tell(merge).outcome).toBe('waiting');
    expect(department().tell(merge).outcome).toBe('noted');
  });
});

test('the messages of a visit end in one census, in any order and however often they come', () => {
  const random = createRandom(20_261_123);
  const shapes: readonly VisitTrigger[] = ['A02', 'A08', 'A09', 'A10', 'A12', 'A02', 'A03', 'A13', 'A16', 'A02'];
  for (let round = 0; round < 300; round += 1) {
    const story = [event('A04', 0, 'ED^WAIT')];
    const length = random.int(2, 9);
    for (let step = 1; step <= length; step += 1) {
      const trigger = random.pick(shapes);
      const place = trigger === 'A02' ? random.pick(['ED^^B1', 'ED^^B2', 'ED^^B3', 'ED^WAIT', 'WARD^1^1']) : null;
      // Some at the same minute: an order must be found all the same.
      story.push(event(trigger, step * 5 - (random.chance(0.2) ? 5 : 0), place));
    }
    const inOrder = department();
    for (const one of story) inOrder.tell(one);
    const shuffled = story.flatMap((one) => (random.chance(0.3) ? [one, one] : [one]));
    for (let index = shuffled.length - 1; index > 0; index -= 1) {
      const other = random.int(0, index);
      [shuffled[index], shuffled[other]] = [shuffled[other] as VisitEvent, shuffled[index] as VisitEvent];
    }
    const disordered = department();
    const seen = new Set<string>();
    for (const one of shuffled) {
      // A repetition is known by its control id before it is decided.
      if (!seen.has(one.controlId)) disordered.tell(one);
      seen.add(one.controlId);
    }
    const story_ = story.map(
      ({ trigger, occurredAt, visit }) => `${trigger} ${(occurredAt - testNow) / MINUTE} ${visit.location}`,
    );
    const order = shuffled.map(({ trigger, occurredAt }) => `${trigger} ${(occurredAt - testNow) / MINUTE}`);
    const present = (here: typeof inOrder) => here.census().filter(([, , isHere]) => isHere);
    const since = (here: typeof inOrder) =>
      [...here.view().list('encounter')]
        .filter(({ bedId: bed, departedAt }) => bed !== null && departedAt === null)
        .map(({ bedAssignedAt }) => bedAssignedAt && (bedAssignedAt - testNow) / MINUTE);
    expect(
      { since: since(disordered), census: present(disordered), beds: disordered.occupied(), monitors: disordered.monitored() },
      JSON.stringify({ round, story_, order }),
    ).toEqual({
      since: since(inOrder),
      census: present(inOrder),
      beds: inOrder.occupied(),
      monitors: inOrder.monitored(),
    });
  }
});
