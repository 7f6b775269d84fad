import { expect, test } from 'vitest';
import {
  awaitedThings,
  type Encounter,
  encounterFlags,
  encounterSchema,
  isolationKinds,
  mostChanges,
} from '../model/encounter.ts';
import { buildBed, buildEncounter, testNow } from '../testing/builders.ts';
import { createRandom, type Random } from '../testing/random.ts';
import { createView } from '../testing/view.ts';
import { withChanges } from './visit-changes.ts';

const minute = 60_000;
const written = (before: Encounter | null, after: Encounter, at = testNow, by = 'Kerr'): Encounter => {
  const [put] = withChanges(createView(before ? [before] : []), [after], { at, by });
  if (put?.kind !== 'encounter') throw new Error('The visit is not there.');
  return put;
};
const added = (change: Partial<Encounter>, of: Partial<Encounter> = {}) => {
  const before = buildEncounter(of);
  return written(before, { ...before, ...change }).changes;
};
const stamp = { at: testNow, by: 'Kerr' };

test('each change is told by its new value, and nothing by what stayed', () => {
  const away = { to: 'CT', since: testNow - minute, expectedBackAt: null };
  const admitted = { admitDecidedAt: testNow - minute, admitTo: 'Ward 4' };
  expect(added({ complaint: 'Fall', acuity: 2, bedId: null, moves: [] })).toEqual([]);
  expect(added({ away })).toEqual([{ what: 'away', ...stamp, ...away }]);
  expect(added({ away: { expectedBackAt: null, since: away.since, to: 'CT' } }, { away })).toEqual([]);
  expect(added({ away: null }, { away })).toEqual([{ what: 'back', ...stamp, to: 'CT', since: away.since }]);
  expect(added(admitted)).toEqual([{ what: 'admission', ...stamp, to: 'Ward 4', since: testNow - minute }]);
  expect(added({ admitDecidedAt: null, admitTo: null }, admitted)).toEqual([{ what: 'admissionWithdrawn', ...stamp }]);
  expect(added({ expectedDepartureAt: null }, { expectedDepartureAt: 1 })).toEqual([
    { what: 'expectedDeparture', ...stamp, expectedAt: null },
  ]);
  expect(added({ isolation: 'droplet', flags: ['ISO', 'INT'], flagNotes: [{ flag: 'INT', text: 'Guaraní' }] })).toEqual([
    { what: 'isolation', ...stamp, isolation: 'droplet' },
    { what: 'flag', ...stamp, flag: 'INT', isSet: true, note: 'Guaraní' },
  ]);
  expect(added({ flags: ['ISO'] })).toEqual([{ what: 'flag', ...stamp, flag: 'ISO', isSet: true, note: null }]);
});

test('a visit begins with its arrival; who leaves from CT has not come back from there', () => {
  const begun = written(null, buildEncounter({ flags: ['ALG'], expectedDepartureAt: testNow }));
  expect(begun.changes).toEqual([
    { what: 'arrived', ...stamp },
    { what: 'expectedDeparture', ...stamp, expectedAt: testNow },
  ]);
  const out = written(begun, { ...begun, away: { to: 'CT', since: testNow, expectedBackAt: null } });
  const gone = written(out, { ...out, away: null, departedAt: testNow - minute, disposition: 'died' });
  expect(gone.changes.slice(3)).toEqual([{ what: 'left', ...stamp, disposition: 'died', leftAt: testNow - minute }]);
  const back = written(gone, { ...gone, departedAt: null, disposition: null });
  expect(back.changes.slice(4)).toEqual([{ what: 'returned', ...stamp }]);
});

test('what is written on an older copy of the visit, and a record of another kind, take nothing from the log', () => {
  const before = buildEncounter();
  const stood = written(before, { ...before, nurse: 'RD' });
  expect(written(stood, { ...before, nurse: 'RD', complaint: 'Fall' }).changes).toEqual(stood.changes);
  expect(withChanges(createView([stood]), [buildBed()], stamp)).toEqual([buildBed()]);
});

const something = (random: Random): Partial<Encounter> =>
  random.pick<Partial<Encounter>>([
    { nurse: random.pick([null, 'RD', 'Bo']) },
    { doctor: random.pick([null, 'Ito']) },
    { nextStep: random.pick([null, 'CT', 'Home']) },
    { waitingFor: awaitedThings.filter(() => random.chance(0.3)) },
    { ventilated: random.pick([null, false, true]) },
    { isolation: random.pick([null, ...isolationKinds]) },
    { flags: encounterFlags.filter((flag) => flag !== 'ISO' && random.chance(0.1)) },
    { away: random.pick([null, { to: 'CT', since: testNow, expectedBackAt: null }]) },
    { admitDecidedAt: testNow, admitTo: random.pick([null, 'Ward 4']) },
    { admitDecidedAt: null, admitTo: null },
    { expectedDepartureAt: random.pick([null, testNow, testNow + minute]) },
  ]);

test('every change leaves exactly one entry a thing, the log never passes its bound, and the arrival stays', () => {
  const random = createRandom(20_261_123);
  let visit = written(null, buildEncounter());
  for (let step = 1; step <= 600; step += 1) {
    const change = something(random);
    const before = visit;
    visit = written(before, { ...before, ...change }, testNow + step, random.pick(['Ana', 'Bo']));
    const differ = Object.entries(change).filter(
      ([field, value]) => JSON.stringify(value) !== JSON.stringify(before[field as keyof Encounter]),
    );
    const flags = encounterFlags.filter((flag) => visit.flags.includes(flag) !== before.flags.includes(flag));
    // The day and the ward of an admission are one thing.
    const things = new Set(differ.map(([field]) => (field === 'admitTo' ? 'admitDecidedAt' : field)));
    const expected = flags.length > 0 ? flags.length : things.size;
    const news = visit.changes.filter(({ at }) => at === testNow + step);
    expect([step, news.length]).toEqual([step, expected]);
    expect(visit.changes).toEqual(
      [before.changes[0], ...[...before.changes.slice(1), ...news].slice(1 - mostChanges)].filter((one) => one !== undefined),
    );
    expect(encounterSchema.parse(visit)).toEqual(visit);
  }
  expect([visit.changes.length, visit.changes[0]?.what]).toEqual([mostChanges, 'arrived']);
});
