import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createTileQuestions } from './tile-questions.ts';

const waiting = { state: 'failed', code: 'tilesWaiting', message: expect.any(String) };
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('each question has its own answer, in whatever order they come', async () => {
  const questions = createTileQuestions();
  const sent: number[] = [];
  const send = (id: number): boolean => sent.push(id) > 0;
  const [one, other] = [questions.ask({ what: 'metadata' }, send), questions.ask({ what: 'metadata' }, send)];
  questions.answered(sent[1] ?? 0, { state: 'absent' });
  questions.answered(sent[0] ?? 0, { state: 'tile', bytes: new Uint8Array([1]) });
  questions.answered(99, { state: 'absent' });
  expect(await Promise.all([one, other])).toEqual([{ state: 'tile', bytes: new Uint8Array([1]) }, { state: 'absent' }]);
});

test('nobody to ask, somebody who ends, and somebody who says nothing: waiting', async () => {
  const questions = createTileQuestions();
  expect(await questions.ask({ what: 'metadata' }, () => false)).toEqual(waiting);
  const ended = questions.ask({ what: 'metadata' }, () => true);
  questions.abandon();
  expect(await ended).toEqual(waiting);
  const silent = questions.ask({ what: 'metadata' }, () => true);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(await silent).toEqual(waiting);
  expect(vi.getTimerCount()).toBe(0);
});
