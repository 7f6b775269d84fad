import { expect, test } from 'vitest';
import type { VigilRecord } from '#domain/model/record.ts';
import { buildBed, buildEncounter, buildIncident, buildPatient, buildUnit, testNow } from '#domain/testing/builders.ts';
import { createRandom } from '#domain/testing/random.ts';
import { readDown, writeDown } from './codec.ts';
import type { Poke } from './down.ts';
import { applyPatch, type Patch, patchBetween, patchedId } from './patch.ts';
import { lengthenId, shortenId, shortIdSchema } from './short-id.ts';

const bed = buildBed({ note: 'a' });
const at = (rev: number, record: VigilRecord) => ({ rev, record });

test('an id comes out of its short form as it went in, and one without a short form stays as it is', () => {
  const random = createRandom(3);
  for (let count = 0; count < 2_000; count += 1) {
    const id = random.id();
    const short = shortenId(id);
    expect([short.length, lengthenId(short), shortIdSchema.safeParse(short).success]).toEqual([22, id, true]);
  }
  const large = 'ABCDEF00-0000-4000-8000-000000000000';
  expect([shortenId(large), lengthenId(large), shortIdSchema.safeParse(large).success]).toEqual([large, large, true]);
  expect(['', 'x', `${'A'.repeat(21)}B`, '!'.repeat(22)].map((short) => shortIdSchema.safeParse(short).success)).toEqual(
    Array(4).fill(false),
  );
});

test('S10 a patch names the fields that changed and makes the same row of the one it stands on', () => {
  const after = at(8, { ...bed, note: null, status: 'cleaning' });
  const patch = patchBetween(at(7, bed), after, 8) as Patch;
  expect(patch).toEqual(['bed', shortenId(bed.id), 7, { note: null, status: 'cleaning' }]);
  expect([patchedId(patch), applyPatch(at(7, bed), patch, 8)]).toEqual([bed.id, after]);
  expect(patchBetween(at(7, bed), at(8, bed), 9)).toEqual(['bed', shortenId(bed.id), 7, {}, [], 8]);
});

test('S10 a patch on another rev, of another kind, or with a field that cannot be read makes nothing', () => {
  const patch: Patch = ['bed', shortenId(bed.id), 7, { note: 'b' }];
  expect(
    [
      applyPatch(at(6, bed), patch, 8),
      applyPatch(at(8, bed), patch, 8),
      applyPatch(at(7, buildUnit()), patch, 8),
      applyPatch(at(7, bed), ['bed', patch[1], 7, { status: 'flying' }], 8),
      applyPatch(at(7, bed), ['bed', patch[1], 7, { kind: 'unit' }], 8),
      applyPatch(at(7, bed), ['bed', patch[1], 7, { id: buildUnit().id }], 8),
      applyPatch(at(7, bed), ['bed', patch[1], 7, {}, ['label']], 8),
    ].filter((row) => row !== undefined),
  ).toEqual([]);
  // What this version does not know is left out; a name of every object's own is no field.
  expect(applyPatch(at(7, bed), ['bed', patch[1], 7, { later: 1, constructor: 1 }, ['toString']], 8)).toEqual(at(8, bed));
});

test('S10 a row of which more than half changed is not worth a patch', () => {
  const other = Object.fromEntries(Object.entries(buildPatient()).map(([field, value]) => [field, [value]]));
  expect(patchBetween(at(1, buildPatient()), at(2, other as never), 2)).toBeUndefined();
});

test('S10 10,000 random changes: the patch, sent and read, makes the row that was meant', () => {
  const random = createRandom(20_261_124);
  let patched = 0;
  for (let round = 0; round < 10_000; round += 1) {
    const before = random.pick<VigilRecord>([
      buildEncounter({ acuity: 3, nextStep: 'CT', flags: ['ISO'] }),
      buildIncident({ notes: [] }),
      buildBed({ note: 'a' }),
    ]);
    const donor = random.pick<VigilRecord>([
      buildEncounter({ acuity: 1, nextStep: null, flags: ['FALL', 'ISO'], complaint: 'Fall', departedAt: testNow }),
      buildIncident({ notes: [{ at: testNow, by: { personId: bed.id, name: 'A' }, text: 'b' }], patientSummary: 'c' }),
      buildBed({ note: null, status: 'blocked', reservation: null }),
    ]);
    if (donor.kind !== before.kind) continue;
    const taken = Object.entries(donor).filter(() => random.chance(0.3));
    const [from, rev] = [random.int(1, 50), random.int(51, 99)];
    const after = at(rev, { ...before, ...Object.fromEntries(taken) } as VigilRecord);
    const pokeRev = rev + random.int(0, 1);
    const patch = patchBetween(at(from, before), after, pokeRev);
    if (!patch) continue;
    const poke: Poke = { type: 'poke', base: pokeRev - 1, rev: pokeRev, puts: [], deletes: [], settled: [], patches: [patch] };
    const sent = JSON.stringify(writeDown(poke));
    expect(sent.startsWith('["c",')).toBe(true);
    const read = readDown(JSON.parse(sent));
    if (!read.ok || read.message.type !== 'poke') throw new Error('not read');
    expect(read.message).toEqual(poke);
    expect(applyPatch(at(from, before), read.message.patches?.[0] as Patch, read.message.rev)).toEqual(after);
    patched += 1;
  }
  expect(patched).toBeGreaterThan(2_000);
});

test('S10 one changed field of a row costs at most 86 bytes of a frame', () => {
  const encounter = buildEncounter({ acuity: 3 });
  const patch = patchBetween(at(12_001, encounter), at(12_346, { ...encounter, acuity: 2 }), 12_346) as Patch;
  const poke: Poke = { type: 'poke', base: 12_345, rev: 12_346, puts: [], deletes: [], settled: [], patches: [patch] };
  const frame = 2 + `42${JSON.stringify(['down', writeDown(poke)])}`.length;
  expect(frame).toBeLessThanOrEqual(86);
});
