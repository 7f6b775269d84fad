import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

const testFiles = (folder: string): readonly string[] => {
  try {
    return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => join(root, folder, name));
  } catch {
    return [];
  }
};

test('every rule of the sync is quoted by the title of a test', () => {
  const rules = [...readFileSync(join(root, 'docs/SYNC.md'), 'utf8').matchAll(/^- \*\*([A-Z]\d+)\*\*/gm)].map(
    (match) => match[1] ?? '',
  );
  expect(rules.length).toBeGreaterThan(20);
  expect(new Set(rules).size).toBe(rules.length);
  const titles = ['station', 'backend', 'electron', 'contracts', 'domain', 'test']
    .flatMap(testFiles)
    .flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/\btest\w*(?:\.\w+\([^)]*\))?\(\s*['"`]([^'"`]*)/g)].map((match) => match[1] ?? ''),
    );
  const quoted = new Set(titles.flatMap((title) => title.match(/\b[A-Z]\d+\b/g) ?? []));
  expect(rules.filter((rule) => !quoted.has(rule))).toEqual([]);
});
