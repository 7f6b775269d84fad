import { expect, test } from 'vitest';
import type { VigilRecord } from '#domain/model/record.ts';
import { buildBed, buildIncident, buildUnit } from '#domain/testing/builders.ts';
import { createView } from '#domain/testing/view.ts';
import { rowsToRenew } from './renewal.ts';

test('a row of before a field was known gets its default, and no other row is touched', () => {
  const { events: _1, caller: _2, ...old } = buildIncident();
  const backwards = Object.fromEntries(Object.entries(buildUnit()).reverse()) as VigilRecord;
  expect(rowsToRenew(createView([old as VigilRecord, buildBed(), backwards]))).toEqual([buildIncident()]);
});
