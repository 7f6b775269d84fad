import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { boards } from '#contracts/ipc/main-window.ts';
import { projectDirectory } from '#tools/places.ts';
import { createProcessOwner } from '#tools/processes.ts';

const processes = createProcessOwner();
let directory: string;
let code: number | null;
let report: {
  readonly problems: readonly string[];
  readonly boards: Readonly<Record<string, { readonly rows: number; readonly link: string; readonly livePaintMs: number }>>;
  readonly outage: { readonly queued: number; readonly settled: number; readonly refused: number; readonly conflicts: number };
};

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vigil-checked-'));
  const command = [join(projectDirectory, 'tools/run.ts'), 'start', '--check', directory, '--outage', '8'];
  const run = processes.start('check', process.execPath, command, { cwd: projectDirectory, log: 'silent' });
  ({ code } = await run.exited);
  report = JSON.parse(await readFile(join(directory, 'report.json'), 'utf8'));
}, 180_000);
afterAll(async () => {
  await processes.stopAll();
  await rm(directory, { recursive: true, force: true });
});

describe('the headless check with a pulled plug', () => {
  test('finds nothing wrong and says so by its exit code', () => {
    expect({ code, problems: report.problems }).toEqual({ code: 0, problems: [] });
  });

  test('every board painted live rows, and a picture of each lies beside the report', async () => {
    for (const board of boards) {
      expect(report.boards[board]).toMatchObject({ link: 'live', rows: expect.any(Number), livePaintMs: expect.any(Number) });
      expect(report.boards[board]?.rows).toBeGreaterThan(0);
      expect((await stat(join(directory, `${board}.png`))).size).toBeGreaterThan(20_000);
    }
  });

  test('four commands were kept and settled, the dispatch was refused, nothing is left to decide', () => {
    expect(report.outage).toMatchObject({ queued: 4, settled: 4, refused: 1, conflicts: 0 });
  });
});
