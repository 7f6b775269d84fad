import { expect, test } from 'vitest';
import { createFakeClock } from '#domain/testing/fake-clock.ts';
import { createTroubles } from './troubles.ts';

test('what is still so is not pushed out by what happened once', () => {
  const clock = createFakeClock(0);
  const troubles = createTroubles(clock.now, () => undefined, clock.after);
  troubles.raise('notSaved', 'notSaved', 'The disk is full.');
  for (let count = 0; count < 40; count += 1) troubles.raise(`desk:${count}`, 'degraded', 'once', 1000);
  expect(troubles.list()).toHaveLength(20);
  expect(troubles.list().at(-1)).toMatchObject({ code: 'notSaved' });
  clock.advance(1000);
  expect(troubles.list().map(({ code }) => code)).toEqual(['notSaved']);
  expect(clock.waiting()).toBe(0);
});

test('nothing is left to be cleared after the end', () => {
  const clock = createFakeClock(0);
  const troubles = createTroubles(clock.now, () => undefined, clock.after);
  troubles.raise('call:submit', 'degraded', 'once', 600_000);
  troubles.stop();
  expect(clock.waiting()).toBe(0);
});
