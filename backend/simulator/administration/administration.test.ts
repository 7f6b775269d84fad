import { afterEach, expect, test } from 'vitest';
import type { Bed } from '#domain/model/bed.ts';
import type { Encounter } from '#domain/model/encounter.ts';
import { type Backend, startBackend } from '../../backend.ts';
import { OptionError, readOptions } from '../../options.ts';

let backend: Backend | undefined;
afterEach(async () => {
  await backend?.stop();
  backend = undefined;
});

type State = { readonly records: { readonly encounter: readonly Encounter[]; readonly bed: readonly Bed[] } };
const state = async (): Promise<State['records']> => {
  const answer = await fetch(`http://127.0.0.1:${backend?.port}/state?kinds=encounter,bed`);
  return ((await answer.json()) as State).records;
};

test('with --adt-simulator nobody but the patient administration says where patients are', async () => {
  const given = ['--adt-simulator', '--expose-state', '--speed', '60', '--beds', '24', '--units', '2', '--devices', '4'];
  backend = await startBackend(readOptions(given), () => undefined);
  let records = await state();
  // Three beds of four are filled, and after some steps of the simulator somebody has been seen by a nurse.
  const isFilled = () => records.bed.filter(({ status }) => status === 'occupied').length >= 15;
  while (!isFilled() || !records.encounter.some(({ triagedAt }) => triagedAt !== null)) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    records = await state();
  }
  expect(new Set(records.encounter.flatMap(({ moves }) => moves.map(({ by }) => by)))).toEqual(new Set(['PAS']));
  expect(records.encounter.filter(({ visitNumber }) => visitNumber === null)).toEqual([]);
}, 20_000);

test('it takes neither another list of senders nor a hospital without a simulator', () => {
  for (const other of [['--no-simulator'], ['--adt-site', 'adt.json']])
    expect(() => readOptions(['--adt-simulator', ...other])).toThrow(OptionError);
});
