import { describe, expect, test } from 'vitest';
import { foldDays, ReplayError, readCalls } from './replay.ts';

describe('reading calls', () => {
  test('columns by name in any order, a BOM, quotes, CRLF, rows without a time skipped, oldest first', () => {
    const text =
      '\uFEFFdispatch_time,unit,Call_Type,incident_date\r\n23:59:50,"M ""1""",6D1,2010-01-02\r\n00:00:10,M2,"10C2",2010-01-03\r\n,M3,1A1,2010-01-03\r\n08:00,M4,26A1,2010-01-02\r\n';
    expect(readCalls(text).map(({ atMs, determinant, priority, units }) => ({ atMs, determinant, priority, units }))).toEqual([
      { atMs: 8 * 3_600_000, determinant: '26A1', priority: 4, units: 1 },
      { atMs: 86_390_000, determinant: '6D1', priority: 1, units: 1 },
      { atMs: 86_410_000, determinant: '10C2', priority: 2, units: 1 },
    ]);
  });

  test('what is not a list of calls is refused', () => {
    expect(() => readCalls('a,b\n1,2')).toThrow(ReplayError);
    expect(() => readCalls('date,time,code\nx,y,z')).toThrow(ReplayError);
    expect(() => readCalls('')).toThrow(ReplayError);
  });
});

test('days are laid on one another until the fleet has enough to do; each call keeps its time of day', () => {
  const rows = Array.from({ length: 10 }, (_, day) => `2010-01-${String(day + 1).padStart(2, '0')},1A1,0${day % 9}:00:00`);
  const calls = readCalls(['date,code,time', ...rows].join('\n'));
  const hours = (folded: readonly { atMs: number }[]) => folded.map(({ atMs }) => atMs / 3_600_000);
  expect(hours(foldDays(calls, 5))).toEqual([0, 1, 2, 3, 4, 24, 29, 30, 31, 32].sort((a, b) => a - b));
  expect(foldDays(calls, 1)).toEqual(calls);
});
