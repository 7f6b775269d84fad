import { expect, test } from 'vitest';
import { buildBed, testId } from '#domain/testing/builders.ts';
import { bedsNamed } from './choose-bed.ts';

const beds = ['A1', 'A10', 'B2', 'A2'].map((label, index) =>
  buildBed({ id: testId('b', index + 1), label, order: index, retired: label === 'A2' }),
);
const meant = (typed: string): readonly string[] => bedsNamed(typed, beds).map(({ label }) => label);

test('a typed label means the bed of that name, else those that begin so, and never one that is retired', () => {
  expect([meant(''), meant('a'), meant(' A1 '), meant('b2'), meant('A2'), meant('x')]).toEqual([
    [],
    ['A1', 'A10'],
    ['A1'],
    ['B2'],
    [],
    [],
  ]);
});
