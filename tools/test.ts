import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withDisplay } from './display.ts';
import { projectDirectory } from './places.ts';
import type { ProcessOwner } from './processes.ts';

export type TestReport = {
  readonly success: boolean;
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly { readonly status: string }[] }[];
};

/**
 * Counts a test runner's JSON report. A file that broke before its first failing test counts as one failure, and so does a run
 * that failed with every test passed (an error outside any test) or ran nothing: none of these may look like success.
 */
export const countTests = (report: TestReport | undefined): { readonly passed: number; readonly failed: number } => {
  if (!report) return { passed: 0, failed: 1 };
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const failed = report.numFailedTests + broken;
  const ranNothing = report.numPassedTests + failed === 0;
  return { passed: report.numPassedTests, failed: failed === 0 && (ranNothing || !report.success) ? 1 : failed };
};

/** `npm test [-- vitest arguments]`: the whole suite; its last line is the count, and it resolves to the exit code. */
export const run = async (args: readonly string[], processes: ProcessOwner): Promise<number> => {
  const { display } = await withDisplay(processes, { alwaysVirtual: true });
  const directory = await mkdtemp(join(tmpdir(), 'vigil-test-'));
  try {
    const reportFile = join(directory, 'report.json');
    const vitest = processes.start(
      'vitest',
      process.execPath,
      [
        join(projectDirectory, 'node_modules/vitest/vitest.mjs'),
        'run',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${reportFile}`,
        ...args,
      ],
      { cwd: projectDirectory, env: { DISPLAY: display }, log: 'inherit' },
    );
    const { code } = await vitest.exited;
    const report: TestReport | undefined = await readFile(reportFile, 'utf8').then(JSON.parse, () => undefined);
    const { passed, failed } = countTests(report && { ...report, success: report.success && code === 0 });
    console.log(`${passed} passed, ${failed} failed`);
    return failed === 0 ? 0 : 1;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
};
