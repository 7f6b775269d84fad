import { describe, expect, test } from 'vitest';
import { areaPlanOf, bedPlanOf } from '../rules/bed-arrangement.ts';
import { buildArea, buildBed, buildDevice, buildFacility, testId, testNow } from '../testing/builders.ts';
import { done, give, givenCommandId, refusalOf } from '../testing/giving.ts';
import { createView, recordsOf, viewWith } from '../testing/view.ts';
import { derivedId } from './derived-id.ts';
import type { CommandInput } from './registry.ts';

const area = buildArea();
const minors = buildArea({ id: testId('a', 2), name: 'Minors', code: 'C', order: 2 });
const [b1, b2] = [buildBed({ label: 'B1' }), buildBed({ id: testId('b', 2), label: 'B2', order: 2 })];
const c1 = buildBed({ id: testId('b', 3), label: 'C1', areaId: minors.id });
const monitor = buildDevice();
const records = [buildFacility(), area, minors, b1, b2, c1, monitor];
const seen = { area: areaPlanOf(area), beds: [bedPlanOf(b1), bedPlanOf(b2)] };
const nothing = { area: seen.area, beds: [], added: [] };
const arrange = (becomes: Partial<CommandInput<'arrangeArea'>['becomes']>, on = records, changes = {}) =>
  give(on, 'arrangeArea', { areaId: area.id, seen, becomes: { ...nothing, ...becomes }, ...changes });
const corridor = { label: 'B9', order: 3, cell: null, space: 'corridor', single: false } as const;

describe('an area is laid out as a whole', () => {
  test('name, cells, a new bed and one from another area; what is not named stays', () => {
    const plan = { ...seen.area, name: 'Majors east', layout: 'free' } as const;
    const cell = { column: 2, line: 1 };
    const moved = { ...bedPlanOf(c1), areaId: area.id, order: 4 };
    expect(
      arrange({ area: plan, beds: [{ ...bedPlanOf(b1), cell, single: true }, moved], added: [corridor] }, records, {
        seen: { ...seen, beds: [...seen.beds, bedPlanOf(c1)] },
      }),
    ).toEqual(
      done(
        { ...area, ...plan },
        { ...b1, cell, single: true },
        { ...c1, areaId: area.id, order: 4 },
        buildBed({ ...corridor, id: derivedId(givenCommandId, 0), since: testNow }),
      ),
    );
  });
  test('a new capacity space is closed until it is wanted', () => {
    const decision = arrange({ added: [{ ...corridor, space: 'capacity' }] });
    expect(decision.ok && decision.puts.map((put) => put.kind === 'bed' && put.status)).toEqual(['closed']);
  });
  test('the order of areas is part of it', () => {
    const order = { seen: [area.id, minors.id], becomes: [minors.id, area.id] };
    expect(arrange({}, records, { areaOrder: order })).toEqual(done({ ...minors, order: 0 }));
    expect(refusalOf(arrange({}, records, { areaOrder: { ...order, seen: order.becomes } }))).toBe(
      'conflict: The order of the areas has been changed by somebody else. Look at it again.',
    );
    expect(refusalOf(arrange({}, records, { areaOrder: { ...order, becomes: [area.id] } }))).toBe(
      'malformed: The new order must name every area once.',
    );
  });
  test('nothing to do, a label twice, an area twice', () => {
    expect(refusalOf(arrange({}))).toBe('alreadyDone: Majors is already laid out like this.');
    expect(refusalOf(arrange({ added: [{ ...corridor, label: 'c1' }] }))).toBe(
      'conflict: There is already a bed c1. Each bed needs a label of its own.',
    );
    expect(refusalOf(arrange({ beds: [{ ...bedPlanOf(b1), label: 'B2' }] }))).toBe(
      'conflict: There is already a bed B2. Each bed needs a label of its own.',
    );
    expect(
      refusalOf(
        arrange({
          beds: [
            { ...bedPlanOf(b1), label: 'B2' },
            { ...bedPlanOf(b2), label: 'B1' },
          ],
        }),
      ),
    ).toBe('done');
    expect(refusalOf(arrange({ area: { ...seen.area, code: 'c' } }))).toBe(
      'conflict: There is already an area Minors (C). Choose another name and code.',
    );
  });
});

describe('two people arrange at once: the later one is told what changed, and nothing of theirs is done', () => {
  const others = (...changed: typeof records) => refusalOf(arrange({ added: [corridor] }, [...records, ...changed]));
  const told = (what: string) =>
    `conflict: Majors has been arranged by somebody else: ${what}. Nothing of yours was done. Look at it again.`;
  test('each change in words', () => {
    expect(others({ ...b1, label: 'B11' })).toBe(told('B1 is now B11'));
    expect(others({ ...b1, cell: { column: 1, line: 1 } })).toBe(told('B1 stands elsewhere'));
    expect(others({ ...b1, space: 'chair' })).toBe(told('B1 is another kind of space'));
    expect(others({ ...b1, areaId: minors.id })).toBe(told('B1 is in another area'));
    expect(others({ ...b1, retired: true, status: 'closed' })).toBe(told('B1 is no longer a bed'));
    expect(others({ ...c1, areaId: area.id })).toBe(told('C1 is new'));
    expect(others({ ...area, name: 'Bays' })).toBe(told('the area is now Bays, B, grid, for any').replace('Majors', 'Bays'));
  });
  test('who lies there and what is clean is nobody’s arrangement', () => {
    expect(others({ ...b1, status: 'contaminated', since: testNow })).toBe('done');
  });
});

describe('a bed is retired', () => {
  const retire = (bed: typeof b1) => arrange({ beds: [{ ...bedPlanOf(b1), retired: true }] }, [...records, bed]);
  test('it is closed, and its monitor stands nowhere', () => {
    expect(retire(b1)).toEqual(done({ ...b1, retired: true, status: 'closed', since: testNow }, { ...monitor, bedId: null }));
    const blocked = { ...b1, status: 'blocked', note: 'Leak' } as const;
    expect(retire(blocked)).toEqual(done({ ...blocked, retired: true }, { ...monitor, bedId: null }));
  });
  test('only when nobody lies there, nobody is to come and it is clean', () => {
    expect(refusalOf(retire({ ...b1, status: 'occupied' }))).toBe(
      'conflict: A patient lies in B1. Move the patient before you retire it.',
    );
    expect(refusalOf(retire({ ...b1, status: 'reserved' }))).toBe(
      'conflict: B1 is held for a patient. End the reservation before you retire it.',
    );
    expect(refusalOf(retire({ ...b1, status: 'contaminated' }))).toBe(
      'conflict: B1 is to be cleaned. Clean it before you retire it.',
    );
  });
  test('nobody can open it or put anyone into it; its label is free', () => {
    const gone = { ...b1, retired: true, status: 'closed' } as const;
    expect(refusalOf(give([gone], 'openBed', { bedId: b1.id, open: true, reason: null, until: null }))).toBe(
      'conflict: B1 is no longer a bed of the department. Arrange it back first.',
    );
    expect(refusalOf(give([{ ...gone, status: 'blocked' }], 'unblockBed', { bedId: b1.id }))).toMatch(
      /^conflict: B1 is no longer/,
    );
    expect(
      refusalOf(
        arrange({ added: [{ ...corridor, label: 'B1' }] }, [...records, gone], { seen: { ...seen, beds: [bedPlanOf(b2)] } }),
      ),
    ).toBe('done');
  });
  test('arranged back it is what it was, with its monitor', () => {
    const first = retire(b1);
    if (!first.ok) throw new Error(first.refusal.message);
    const without = viewWith(createView(records), first.puts);
    const back = give(without, 'arrangeArea', {
      areaId: area.id,
      seen: { ...seen, beds: [{ ...bedPlanOf(b1), retired: true }, bedPlanOf(b2)] },
      becomes: { ...nothing, beds: [{ ...bedPlanOf(b1), comeback: { open: true, monitors: [monitor.id] } }] },
    });
    if (!back.ok) throw new Error(back.refusal.message);
    expect(recordsOf(viewWith(without, back.puts))).toEqual(recordsOf(createView([...records, { ...b1, since: testNow }])));
  });
});

test('a new area comes with its beds, after the others', () => {
  const plan = { name: 'Annexe', code: 'X', layout: 'grid', sex: 'any' } as const;
  expect(give(records, 'addArea', { area: plan, beds: [corridor] })).toEqual(
    done(
      buildArea({ ...plan, id: derivedId(givenCommandId, 0), order: 3 }),
      buildBed({ ...corridor, id: derivedId(givenCommandId, 1), areaId: derivedId(givenCommandId, 0), since: testNow }),
    ),
  );
  expect(refusalOf(give(records, 'addArea', { area: { ...plan, name: 'majors' }, beds: [corridor] }))).toBe(
    'conflict: There is already an area Majors (B). Choose another name and code.',
  );
  expect(refusalOf(give(records, 'addArea', { area: plan, beds: [{ ...corridor, label: 'B1' }] }))).toMatch(/already a bed B1/);
});
