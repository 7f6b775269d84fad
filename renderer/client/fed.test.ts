import { describe, expect, test } from 'vitest';
import type { ShownRow } from '#contracts/ipc/station-window.ts';
import { isPositionsPatch, isReadingsPatch, patchLatest, patchTables } from './fed.ts';

const area = (id: string, pending = false): ShownRow =>
  ({ record: { kind: 'area', id, name: `Area ${id}` }, pending }) as unknown as ShownRow;

describe('records as fed', () => {
  test('nothing is known before the first reset', () => {
    expect(patchTables(null, { reset: false, puts: [area('1')], removes: [] })).toBeNull();
    expect(patchTables(null, { reset: true, puts: [area('1')], removes: [] })?.area).toEqual(new Map([['1', area('1')]]));
  });

  test('a patch puts and removes; what did not change keeps its Map, what did gets a new one', () => {
    const before = patchTables(null, { reset: true, puts: [area('1'), area('2')], removes: [] });
    const after = patchTables(before, { reset: false, puts: [area('2', true), area('3')], removes: [{ kind: 'area', id: '1' }] });
    expect(after?.area).toEqual(
      new Map([
        ['2', area('2', true)],
        ['3', area('3')],
      ]),
    );
    expect(before?.area.size).toBe(2);
    expect(after?.bed).toBe(before?.bed);
  });

  test('a reset forgets what it does not name', () => {
    const before = patchTables(null, { reset: true, puts: [area('1')], removes: [] });
    expect(patchTables(before, { reset: true, puts: [area('2')], removes: [] })?.area).toEqual(new Map([['2', area('2')]]));
  });
});

test('the latest value of each stands', () => {
  const before = new Map([
    ['a', { id: 'a', at: 1 }],
    ['b', { id: 'b', at: 1 }],
  ]);
  expect(patchLatest(before, [{ id: 'b', at: 2 }], ({ id }) => id)).toEqual(new Map(before).set('b', { id: 'b', at: 2 }));
  expect(before.get('b')).toEqual({ id: 'b', at: 1 });
});

test('telemetry of another shape is refused', () => {
  const fix = { unitId: 'u', position: [-56, -34], heading: null, speed: null, observedAt: 1, receivedAt: 2 };
  expect([{ fixes: [fix] }, { fixes: [{ ...fix, position: [null, 1] }] }, { fixes: 3 }, null].map(isPositionsPatch)).toEqual([
    true,
    false,
    false,
    false,
  ]);
  const reading = { deviceId: 'd', observedAt: 1, receivedAt: 2, trend: [] };
  expect([{ readings: [reading] }, { readings: [{ ...reading, trend: null }] }, {}].map(isReadingsPatch)).toEqual([
    true,
    false,
    false,
  ]);
});
