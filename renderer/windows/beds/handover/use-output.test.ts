import { expect, test } from 'vitest';
import { buildHandover, testId } from '#domain/testing/builders.ts';
import { readySheet, sheetOf } from './use-output.ts';

test('what found no printer is saved only as what it was drawn of: not under another handover, nor after a signature or a word more', () => {
  const [first, second] = [buildHandover(), buildHandover({ id: testId('6', 900) })];
  const signed = { ...first, taken: { by: first.by, at: first.writtenAt + 1 } };
  const drawn = { file: 'print-1.vigilpack', fileName: 'vigil-handover.pdf', pages: 2 };
  const unprinted = { drawn, of: sheetOf({ handoverId: first.id }, first) };
  const saved = (one: typeof first) => readySheet(unprinted, sheetOf({ handoverId: one.id }, one));
  expect([saved(first), saved(second), saved(signed), readySheet(null, unprinted.of)]).toEqual([drawn, null, null, null]);
  const draft = (summary: string) => sheetOf({ draft: { summary, points: [] } }, undefined);
  const typed = { drawn, of: draft('CT 2') };
  expect([readySheet(typed, draft('CT 2')), readySheet(typed, draft('CT 2 is out'))]).toEqual([drawn, null]);
});
