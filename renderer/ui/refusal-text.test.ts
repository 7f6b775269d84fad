import { expect, test } from 'vitest';
import { refuse } from '#domain/commands/definition.ts';
import { refusalSentences, refusalWords } from '#domain/commands/refusal-sentences.ts';
import { wordOf } from '#domain/commands/sentence.ts';
import { refusalIn } from './refusal-text.ts';
import { refusalSentencesEs, refusalWordsEs } from './refusals-es.ts';

const placesOf = (sentence: string): readonly string[] => [...sentence.matchAll(/\{\w+\}/g)].map(String).toSorted();

test('every sentence of a refusal has the same places in English and in Spanish', () => {
  const places = (catalogue: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(catalogue).map(([key, sentence]) => [key, placesOf(sentence)]));
  expect(places(refusalSentencesEs)).toEqual(places(refusalSentences));
  expect(Object.keys(refusalWordsEs)).toEqual(Object.keys(refusalWords));
});

test('a refusal is said in the language of the window, its statuses and roles too; what people wrote stays', () => {
  const dirty = refuse('conflict', 'bedIsNot', {
    bed: 'B1',
    status: wordOf('bed.contaminated'),
    wanted: wordOf('bed.available'),
  });
  expect([refusalIn('en', dirty), refusalIn('es-UY', dirty)]).toEqual([
    'B1 is to be cleaned, not available.',
    'B1 está pendiente de limpieza, no libre.',
  ]);
  const forbidden = refuse('notAllowed', 'roleMissing', {
    name: 'Ana Bed',
    roles: wordOf('role.chargeNurse', 'role.triageNurse'),
  });
  expect(refusalIn('es', forbidden)).toBe('Ana Bed no puede hacer esto: hace falta el rol jefa de turno, triaje.');
  expect(refusalIn('es', refuse('alreadyDone', 'callTaken', { name: wordOf('somebody') }))).toBe('Alguien tiene esta llamada.');
});

test('the locale that nobody speaks accents every refusal and no value of it', () => {
  const said = refusalIn('en-XA', refuse('alreadyDone', 'bedHasPatient', { bed: 'Ocean' }));
  expect(said).toContain('pátíéñt');
  expect(said).toContain('Ocean');
});

test('what an older version kept, and a key of a later one, are shown in English', () => {
  const message = 'This bed is not known.';
  expect(refusalIn('es', { message })).toBe(message);
  expect(refusalIn('es', { message, sentence: { key: 'keyOfLater', values: {} } })).toBe(message);
  expect(refusalIn('en-XA', { message, sentence: { key: 'toString', values: {} } })).toBe(message);
});
