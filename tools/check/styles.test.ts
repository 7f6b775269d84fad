import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectDirectory } from '../places.ts';

const renderer = join(projectDirectory, 'renderer');
const styles = readdirSync(renderer, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.css'))
  .map((file) => ({ file, text: readFileSync(join(renderer, file), 'utf8') }));

test('no style hangs on what stands below another element: each change there would style everything below that element anew', () => {
  const hanging = styles.flatMap(({ file, text }) =>
    [...text.matchAll(/^[^@/{}]*:has\((?:[^()]|\([^()]*\))*\)\s+[^+~{\s][^{]*/gm)].map(
      ([selector]) => `${file}: ${selector.trim()}`,
    ),
  );
  expect(hanging).toEqual([]);
});

test('a style sheet ends where code does, at 600 lines', () => {
  const long = styles.filter(({ text }) => text.split('\n').length > 601).map(({ file }) => file);
  expect(long).toEqual([]);
});
