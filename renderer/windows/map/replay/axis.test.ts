import { expect, test } from 'vitest';
import { axisOf, momentAtShare, shareOf, ticksOf } from './axis.ts';

const minute = 60_000;
const hour = 60 * minute;
const to = Date.UTC(2026, 10, 20, 12, 7);

test('reaches twelve hours back, and less while less is recorded', () => {
  const reach = (recorded: number): number => to - axisOf({ from: to - recorded, to }).from;
  expect([minute, 31 * minute, 3 * hour, 11 * hour, 12 * hour, 12.5 * hour].map((each) => reach(each) / hour)).toEqual([
    0.5, 1, 4, 12, 12, 12.5,
  ]);
});

test('round times of the facility, not of the machine', () => {
  const texts = (reach: number, zone: string): string =>
    ticksOf({ from: to - reach, to }, zone)
      .map(({ text }) => text)
      .join(' ');
  expect(texts(12 * hour, 'America/Montevideo')).toBe('22:00 23:00 00:00 01:00 02:00 03:00 04:00 05:00 06:00 07:00 08:00 09:00');
  expect(texts(hour / 2, 'UTC')).toBe('11:40 11:45 11:50 11:55 12:00 12:05');
  expect(texts(2 * hour, 'Asia/Kathmandu')).toBe('16:00 16:10 16:20 16:30 16:40 16:50 17:00 17:10 17:20 17:30 17:40 17:50');
});

test('a moment and its place on the line answer each other', () => {
  const axis = { from: to - hour, to };
  expect([shareOf(axis, to - hour / 2), shareOf(axis, 0), shareOf(axis, to + 1)]).toEqual([0.5, 0, 1]);
  expect([momentAtShare(axis, 0.5), momentAtShare(axis, -1), momentAtShare(axis, 2)]).toEqual([to - hour / 2, axis.from, to]);
});
