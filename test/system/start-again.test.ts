import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startStationProcess, until } from './station-process.ts';

test('K9 a data directory that cannot be used at the start is refused in a sentence and tried again until it can', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'vigil-again-'));
  const inTheWay = join(directory, 'station');
  writeFileSync(inTheWay, 'a file where the directory should be');
  const station = startStationProcess({ directory: inTheWay, key: randomBytes(32), backendPort: 9 });
  try {
    expect(await station.started).toEqual({
      type: 'refused',
      code: 'ioError',
      message:
        'The data directory of this desk cannot be used by this user (EEXIST). Nothing was changed. It is tried again every 5 seconds.',
    });
    rmSync(inTheWay);
    await until('the station is ready', () => station.stderr().includes('station: ready'), 15_000);
  } finally {
    await station.stop();
    rmSync(directory, { recursive: true, force: true });
  }
});
