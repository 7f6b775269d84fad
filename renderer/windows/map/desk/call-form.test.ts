import { describe, expect, test } from 'vitest';
import { shippedDispatchSettings } from '#domain/rules/dispatch-defaults.ts';
import { buildCall, testId, testNow } from '#domain/testing/builders.ts';
import {
  type CallForm,
  categoriesFor,
  emptyCallForm,
  formOfCall,
  incidentOf,
  isWorthKeeping,
  laterLocation,
  missingIn,
  noteOfCall,
  priorityOf,
  ringingCalls,
} from './call-form.ts';

const { categories } = shippedDispatchSettings;
const form = (changes: Partial<CallForm>): CallForm => ({ ...emptyCallForm, openedAt: testNow, ...changes });
const names = (typed: string) => categoriesFor(typed, categories).map(({ name }) => name);
const location = (metres: number) => ({
  position: [-56.1, -34.9] as [number, number],
  uncertaintyMetres: metres,
  source: 'aml' as const,
});

describe('a category', () => {
  test('is found by its code before a name, by the beginning of a word, and by a part', () => {
    expect(names('ca')[0]).toBe('Cardiac arrest');
    expect(names('BU')[0]).toBe('Burns');
    expect(names('pain')).toEqual(['Chest pain', 'Abdominal pain', 'Back pain']);
    expect(names('olli')).toEqual(['Road collision']);
    expect(names('xyz')).toEqual([]);
    expect(names('')).toHaveLength(categories.length);
  });
  test('suggests the priority until a person chooses one', () => {
    expect(priorityOf(form({ category: 'cp' }), categories)).toBe(2);
    expect(priorityOf(form({ category: 'Chest pain', priority: 1 }), categories)).toBe(1);
    expect(priorityOf(form({ category: 'something else' }), categories)).toBeNull();
  });
});

describe('a form', () => {
  const whole = form({ address: ' Rivera 2210 ', place: { position: [-56.1, -34.9], from: 'search' }, category: 'CA' });
  test('says what it lacks and is sent when nothing is', () => {
    expect(missingIn(form({}), categories)).toEqual(['address', 'place', 'category']);
    expect(missingIn({ ...whole, category: 'odd' }, categories)).toEqual(['priority']);
    expect(incidentOf(form({}), categories, undefined, testNow)).toBeNull();
    expect(incidentOf(whole, categories, undefined, testNow + 60_000)).toEqual({
      category: 'Cardiac arrest',
      determinant: 'CA',
      priority: 1,
      address: 'Rivera 2210',
      position: [-56.1, -34.9],
      patientSummary: null,
      callId: null,
      callReceivedAt: testNow,
      caller: null,
      note: null,
    });
  });
  test('of yesterday does not claim its call was received then', () => {
    expect(incidentOf(whole, categories, undefined, testNow + 5 * 3_600_000)?.callReceivedAt).toBeNull();
  });
  test('opened from a call carries its line, its owner and its location', () => {
    const call = buildCall({ location: location(35), locatedAt: testNow });
    const opened = formOfCall(call, testNow + 5_000);
    expect(opened).toEqual({
      ...emptyCallForm,
      callId: call.id,
      openedAt: testNow + 5_000,
      address: call.address ?? '',
      place: { position: [-56.1, -34.9], from: 'caller' },
      callerName: call.subscriber ?? '',
      callerPhone: call.phone ?? '',
      locatedAt: testNow,
    });
    const sent = incidentOf({ ...opened, address: 'There', category: 'ST' }, categories, call, testNow + 9_000);
    expect([sent?.callId, sent?.callReceivedAt, sent?.caller?.location]).toEqual([call.id, null, location(35)]);
  });
  test('a later location of the caller offers itself, an earlier one does not', () => {
    const call = buildCall({ location: location(12), locatedAt: testNow + 4_000 });
    expect(laterLocation(form({ callId: call.id, locatedAt: testNow }), call)).toEqual(location(12));
    expect(laterLocation(form({ callId: call.id, locatedAt: testNow + 4_000 }), call)).toBeNull();
    expect(laterLocation(form({}), undefined)).toBeNull();
  });
  test('is worth keeping once a word stands in it, and leaves its words to the incident it joins', () => {
    expect([isWorthKeeping(form({})), isWorthKeeping(form({ note: 'dog' }))]).toEqual([false, true]);
    expect(noteOfCall(form({ callerPhone: '099 1', note: ' second caller ' }))).toBe('099 1 · second caller');
    expect(noteOfCall(form({}))).toBeNull();
  });
});

test('of the calls that ring, the one that waits longest is first', () => {
  const call = (number: number, receivedAt: number, status: 'ringing' | 'answered') =>
    buildCall({ id: testId('6', number), receivedAt, status });
  const found = ringingCalls([call(1, 30, 'ringing'), call(2, 10, 'answered'), call(3, 20, 'ringing')]);
  expect(found.map(({ receivedAt }) => receivedAt)).toEqual([20, 30]);
});
