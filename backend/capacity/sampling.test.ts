import { expect, test } from 'vitest';
import type { CapacitySample } from '#domain/model/capacity-sample.ts';
import { SAMPLE_EVERY } from '#domain/rules/capacity-history.ts';
import { buildBed, buildEncounter, buildFacility, testId } from '#domain/testing/builders.ts';
import { createView, viewWith } from '#domain/testing/view.ts';
import { sampleCapacity } from './sampling.ts';

const quarter = Math.floor(Date.UTC(2026, 10, 20, 12) / SAMPLE_EVERY) * SAMPLE_EVERY;

test('the department is counted once in every quarter of an hour, at its beginning, whatever the clock does', () => {
  let view = createView([
    buildFacility(),
    buildBed({ status: 'occupied', encounterId: testId('e', 1) }),
    buildEncounter({ id: testId('e', 1), bedId: testId('b', 1), arrivedAt: quarter - 60_000 }),
    buildEncounter({ id: testId('e', 2), arrivedAt: quarter + 60_000 }),
  ]);
  let now = quarter + 70_000;
  let ids = 0;
  let look = (): void => undefined;
  const samples: CapacitySample[] = [];
  const core = {
    get view() {
      return view;
    },
    commit: (puts: readonly Parameters<typeof viewWith>[1][number][]) => {
      for (const put of puts) if (put.kind === 'capacitySample') samples.push(put);
      view = viewWith(view, puts);
      return 1;
    },
  };
  const every = (_ms: number, run: () => void) => {
    look = run;
    return () => undefined;
  };
  sampleCapacity(
    core,
    () => now,
    { every },
    () => testId('6', ++ids),
  );
  for (const moment of [
    quarter + 80_000,
    quarter + SAMPLE_EVERY + 4_000,
    quarter - 5 * SAMPLE_EVERY,
    quarter + 9 * SAMPLE_EVERY,
  ]) {
    now = moment;
    look();
  }
  expect(
    samples.map(({ at, present, occupied, arrivals, departures }) => [at - quarter, present, occupied, arrivals, departures]),
  ).toEqual([
    [0, 2, 1, null, null],
    [SAMPLE_EVERY, 2, 1, 1, 0],
    // After two hours that nobody counted it is not known who came.
    [9 * SAMPLE_EVERY, 2, 1, null, null],
  ]);
});
