import { expect, test } from 'vitest';
import { spanOf } from './span.ts';

const shifts = [7 * 60, 19 * 60];
const zone = 'America/Montevideo';
const at = (hour: number, minute = 0, day = 20) => Date.UTC(2026, 10, day, hour + 3, minute);

test('a shift began at its local hour, and the one before it ended there', () => {
  expect([
    spanOf('thisShift', at(8, 30), shifts, zone),
    spanOf('thisShift', at(7), shifts, zone),
    spanOf('thisShift', at(2, 15), shifts, zone),
    spanOf('lastShift', at(8, 30), shifts, zone),
    spanOf('lastShift', at(2, 15), [0], zone),
  ]).toEqual([
    { from: at(7), to: at(8, 30) },
    { from: at(7), to: at(7) },
    { from: at(19, 0, 19), to: at(2, 15) },
    { from: at(19, 0, 19), to: at(7) },
    { from: at(0, 0, 19), to: at(0) },
  ]);
});

test('hours are counted back from now', () => {
  expect([spanOf('halfDay', at(8), shifts, zone), spanOf('day', at(8), shifts, null)]).toEqual([
    { from: at(20, 0, 19), to: at(8) },
    { from: at(8, 0, 19), to: at(8) },
  ]);
});
