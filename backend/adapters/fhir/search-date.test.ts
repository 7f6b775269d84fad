import { expect, test } from 'vitest';
import { zoneClock } from '../hl7v2/timestamp.ts';
import { dateMatcher } from './search-date.ts';

// Three hours behind UTC.
const clock = zoneClock('America/Montevideo');
const at = (text: string) => ({ from: Date.parse(text), to: Date.parse(text) + 1 });

test.each([
  ['2026-11-20', '2026-11-20T02:59:59.999Z', false],
  ['2026-11-20', '2026-11-20T03:00:00Z', true],
  ['2026-11-20', '2026-11-21T02:59:59.999Z', true],
  ['2026-11', '2026-12-01T02:59:59Z', true],
  ['2026', '2027-01-01T03:00:00Z', false],
  ['2026-11-20T12:00Z', '2026-11-20T12:00:59Z', true],
  ['2026-11-20T12:00:00Z', '2026-11-20T12:00:00.999Z', true],
  ['2026-11-20T12:00:00.5Z', '2026-11-20T12:00:00.501Z', false],
  ['2026-11-20T13:00:00+01:00', '2026-11-20T12:00:00Z', true],
  ['2026-11-20T13:00:00 01:00', '2026-11-20T12:00:00Z', true],
  ['ne2026-11-20', '2026-11-20T12:00:00Z', false],
  ['gt2026-11-20', '2026-11-20T12:00:00Z', false],
  ['gt2026-11-20', '2026-11-21T03:00:00Z', true],
  ['ge2026-11-20', '2026-11-20T03:00:00Z', true],
  ['ge2026-11-20', '2026-11-20T02:59:59Z', false],
  ['lt2026-11-20', '2026-11-20T02:59:59Z', true],
  ['le2026-11-20', '2026-11-21T03:00:00Z', false],
  ['sa2026-11-20', '2026-11-21T03:00:00Z', true],
  ['eb2026-11-20', '2026-11-20T02:59:59.999Z', true],
])('%s and %s: %s', (asked, moment, isIt) => {
  expect(dateMatcher(asked, clock)?.(at(moment))).toBe(isIt);
});

test('a visit that lasts is later than any day, and no day holds it', () => {
  const visit = { from: Date.parse('2026-11-20T12:00:00Z'), to: Number.POSITIVE_INFINITY };
  const isAsked = (text: string) => dateMatcher(text, clock)?.(visit);
  expect(['2026-11-20', 'ge2026-11-25', 'gt2030', 'lt2026-11-21', 'sa2026-11-19', 'eb2030'].map(isAsked)).toEqual([
    false,
    true,
    true,
    true,
    true,
    false,
  ]);
});

test.each(['', 'today', '2026-13', '2026-02-30', '2026-11-20T25:00', '2026-11-20T12', 'ap2026-11-20', '20261120'])(
  '"%s" is no date',
  (text) => {
    expect(dateMatcher(text, clock)).toBeUndefined();
  },
);
