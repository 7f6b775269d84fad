import { expect, test } from 'vitest';
import { latestWins } from './latest-wins.ts';

test('one runs, the newest waits, those between are superseded at once', async () => {
  const begun: { readonly line: string; readonly finish: () => void }[] = [];
  const search = latestWins<string, string>(
    (line) => new Promise((resolve) => begun.push({ line, finish: () => resolve(`found ${line}`) })),
    'superseded',
  );
  const finish = () => begun.at(-1)?.finish();
  const answers = ['r', 'ri', 'riv', 'rive'].map(search);
  expect(await answers[1]).toBe('superseded');
  expect(await answers[2]).toBe('superseded');
  expect(begun.map(({ line }) => line)).toEqual(['r']);
  finish();
  expect(await answers[0]).toBe('found r');
  finish();
  expect(await answers[3]).toBe('found rive');
  expect(begun.map(({ line }) => line)).toEqual(['r', 'rive']);
});

test('a search that breaks does not stop the next', async () => {
  const search = latestWins<number, string>(async (number) => {
    if (number === 1) throw new Error('broken');
    return `found ${number}`;
  }, 'superseded');
  const [first, second] = [search(1), search(2)];
  await expect(first).rejects.toThrow('broken');
  expect(await second).toBe('found 2');
  expect(await search(3)).toBe('found 3');
});
