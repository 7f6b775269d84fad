import { describe, expect, test } from 'vitest';
import { clockText, spanOf, spanText } from './time.ts';

const minute = 60_000;

describe('spans', () => {
  test.each([
    [0, '00:00', ''],
    [14_900, '00:14', ''],
    [59 * minute + 59_000, '59:59', ''],
    [60 * minute, '1:00', 'h'],
    [220 * minute, '3:40', 'h'],
    [48 * 60 * minute, '48:00', 'h'],
    [-5000, '00:00', ''],
  ])('%d ms reads %s%s', (milliseconds, text, unit) => expect(spanOf(milliseconds)).toEqual({ text, unit }));
  test('in a sentence', () => expect([spanText(12_000), spanText(220 * minute)]).toEqual(['00:12', '3:40 h']));
});

test('clocks are 24-hour in the facility zone', () => {
  const at = Date.UTC(2026, 10, 22, 3, 4, 5);
  expect([clockText(at, 'UTC'), clockText(at, 'UTC', true), clockText(at, 'America/Montevideo')]).toEqual([
    '03:04',
    '03:04:05',
    '00:04',
  ]);
  expect(clockText(Date.UTC(2026, 10, 22, 0, 0, 0), 'UTC')).toBe('00:00');
});
