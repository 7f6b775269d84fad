import { expect, test } from 'vitest';
import type { Handover } from '../model/handover.ts';
import type { VigilRecord } from '../model/record.ts';
import { buildGrant, buildHandover, ids, testId, testNow } from '../testing/builders.ts';
import { done, give, givenCommandId, refusalOf } from '../testing/giving.ts';
import { createView } from '../testing/view.ts';
import { decide } from './decide.ts';
import { derivedId } from './derived-id.ts';
import type { CommandInput } from './registry.ts';

const author = { personId: ids.person, name: 'R. Ortiz' };
const second = { personId: testId('9', 2), name: 'N. Ferreira' };
const signed = { by: author, at: testNow - 5 };
const written = buildHandover();
const { id: handoverId, writtenAt } = written;
const point = { about: 'patient', id: ids.encounter, text: 'Second troponin at one.', change: 'new' } as const;
const whole = { ...point, note: '', reasons: [], stood: null };
const both = { given: signed, taken: { ...signed, by: second } };

test('the first handover starts from nothing, the next from the last that both signed', () => {
  const input = { handoverId: null, summary: 'Quiet', points: [point] };
  const made: Handover = {
    kind: 'handover',
    id: derivedId(givenCommandId, 0),
    writtenAt: testNow,
    by: author,
    since: null,
    summary: 'Quiet',
    points: [{ ...whole, spoken: false }],
    given: null,
    taken: null,
  };
  expect(give([], 'writeHandover', input)).toEqual(done(made));
  const replaced = buildHandover({ id: testId('6', 8), writtenAt: testNow - 60_000 });
  expect(give([{ ...written, ...both }, replaced], 'writeHandover', input)).toEqual(done({ ...made, since: writtenAt }));
});

test('written anew it keeps what was spoken through and is as it was; signed by one it is not written anew', () => {
  const spoken = { ...whole, spoken: true };
  const stands = buildHandover({ points: [spoken, { ...spoken, about: 'department', id: null, text: 'Surge' }] });
  const points = [point, { ...point, about: 'department' as const, id: null, text: 'Surge', note: 'over by nine' }];
  expect(give([stands], 'writeHandover', { handoverId, summary: 'Busy', points })).toEqual(
    done({
      ...stands,
      writtenAt: testNow,
      summary: 'Busy',
      points: [spoken, { ...spoken, about: 'department', id: null, text: 'Surge', note: 'over by nine', spoken: false }],
    }),
  );
  expect(refusalOf(give([{ ...stands, given: signed }], 'writeHandover', { handoverId, summary: '', points }))).toBe(
    'conflict: Somebody has signed this handover: take the signature back first.',
  );
});

test('points are spoken through, and the writing they belong to is named', () => {
  const mark = (spoken: boolean, changes: Partial<CommandInput<'markSpoken'>> = {}, records: VigilRecord[] = [written]) =>
    give(records, 'markSpoken', { handoverId, writtenAt, points: [0], spoken, ...changes });
  const after = { ...written, points: written.points.map((one) => ({ ...one, spoken: true })) };
  expect(mark(true)).toEqual(done(after));
  expect(mark(false, {}, [after])).toEqual(done(written));
  expect([
    refusalOf(mark(false)),
    refusalOf(mark(true, { points: [1] })),
    refusalOf(mark(true, { writtenAt: writtenAt - 1 })),
    refusalOf(mark(true, {}, [written, buildHandover({ id: testId('6', 8), writtenAt: testNow })])),
    refusalOf(mark(true, {}, [{ ...written, ...both }])),
    refusalOf(mark(true, {}, [])),
  ]).toEqual([
    'alreadyDone: This was not spoken through.',
    'notFound: This handover does not have so many points.',
    'conflict: R. Ortiz has written this handover anew.',
    'conflict: Another handover was written after this one.',
    'conflict: Both have signed this handover: it does not change any more.',
    'notFound: This handover is not known.',
  ]);
});

test('two different people sign; each may take their own back until both have', () => {
  const sign = (part: 'given' | 'taken', handover: Handover, changes: { readonly signed?: boolean } = {}) =>
    give([handover], 'signHandover', { handoverId, writtenAt, part, ...changes });
  const given = { ...written, given: { by: author, at: testNow } };
  expect(sign('given', written)).toEqual(done(given));
  expect(sign('given', given, { signed: false })).toEqual(done(written));
  const secondSigns = decide(
    createView([given]),
    {
      commandId: givenCommandId,
      name: 'signHandover',
      input: { handoverId, writtenAt, part: 'taken' },
      issuedAt: testNow + 9,
      issuedAtError: 5,
      grant: 'signed',
    },
    buildGrant(second),
    0,
  );
  expect(secondSigns).toEqual(done({ ...given, taken: { by: second, at: testNow + 9 } }));
  expect([
    refusalOf(sign('taken', given)),
    refusalOf(sign('given', given)),
    refusalOf(sign('given', { ...written, given: { by: second, at: testNow } }, { signed: false })),
    refusalOf(sign('given', { ...written, ...both }, { signed: false })),
  ]).toEqual([
    'conflict: Who takes over is another person than who hands over: the second one signs as themselves.',
    'alreadyDone: R. Ortiz has already signed here.',
    'conflict: Only the one who signed takes a signature back.',
    'conflict: Both have signed this handover: it does not change any more.',
  ]);
});
