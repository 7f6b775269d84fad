import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const sourcesOf = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /(?<!\.test)\.tsx?$/.test(name))
    .map((name) => readFileSync(join(root, folder, name), 'utf8'));
const codesIn = (folder: string, pattern: RegExp): readonly string[] =>
  sourcesOf(folder).flatMap((source) => [...source.matchAll(pattern)].map((match) => match[1] ?? ''));

test('what a desk can say is wrong with it has a sentence in every language', () => {
  const codes = [
    ...codesIn('station', /\braise\(\s*'([\w:.]+)'/g),
    ...codesIn('electron', /\btrouble\(\s*'([\w:.]+)'/g).map((code) => `desk:${code}`),
    ...codesIn('renderer', /\breport\(\s*'([\w:.]+)'/g).map((code) => `desk:${code}`),
    // Made of a name at run time.
    'call',
    'desk:window',
    'desk:malformed',
  ];
  expect(codes.length).toBeGreaterThan(12);
  for (const language of ['en', 'es']) {
    const words = readFileSync(join(root, `renderer/ui/words-${language}.ts`), 'utf8');
    expect(codes.filter((code) => !words.includes(`'trouble.${code}':`))).toEqual([]);
  }
});
