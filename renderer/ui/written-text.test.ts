import { expect, test } from 'vitest';
import { readWritten, writtenOf, writtenTexts } from '#domain/rules/written-texts.ts';
import { translate } from './translate.ts';
import { writtenText } from './written-text.ts';

test('what Vigil wrote is known again, and what others wrote is not', () => {
  const whole = ['waitingRoom', 'elsewhere', 'isolated', 'noBed', 'hasLeft', 'isBack'] as const;
  expect(whole.map((key) => readWritten(writtenTexts[key]))).toEqual(whole.map((key) => ({ key, of: '' })));
  expect([writtenOf('bedTaken', 'B $& 1'), writtenOf('notMapped', 'ED^X^1')].map(readWritten)).toEqual([
    { key: 'bedTaken', of: 'B $& 1' },
    { key: 'notMapped', of: 'ED^X^1' },
  ]);
  expect(['', 'Corridor', 'Waiting room 2', 'Bay: not mapped yet'].map(readWritten)).toEqual([null, null, null, null]);
});

test('in English it stands as it was written, in Spanish in Spanish', () => {
  const written = [...Object.values(writtenTexts).map((text) => text.replace('{of}', 'B1')), 'Sala 3'];
  expect(written.map(writtenText)).toEqual(written);
  expect(translate('es', 'written.bedTaken', { of: 'B1' })).toBe('Sin cama: B1 está ocupada');
});
