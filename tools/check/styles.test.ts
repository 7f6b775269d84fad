import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectDirectory } from '../places.ts';

const renderer = join(projectDirectory, 'renderer');

test('no style hangs on what stands below another element: each change there would style everything below that element anew', () => {
  const hanging = readdirSync(renderer, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.css'))
    .flatMap((file) =>
      [...readFileSync(join(renderer, file), 'utf8').matchAll(/^[^@/{}]*:has\((?:[^()]|\([^()]*\))*\)\s+[^+~{\s][^{]*/gm)].map(
        ([selector]) => `${file}: ${selector.trim()}`,
      ),
    );
  expect(hanging).toEqual([]);
});
