import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('the start script knows every command that an npm script gives it', () => {
  const { scripts } = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8')) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  const given = Object.values(scripts).flatMap((script) => script.match(/bootstrap\.mjs (\w+)/)?.[1] ?? []);
  const { stderr, status } = spawnSync(process.execPath, [join(import.meta.dirname, 'bootstrap.mjs'), 'nothing'], {
    encoding: 'utf8',
  });
  const known = stderr.match(/bootstrap\.mjs (\S+)/)?.[1]?.split('|') ?? [];
  expect(status).toBe(2);
  expect(given.filter((command) => !known.includes(command))).toEqual([]);
});
