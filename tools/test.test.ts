import { describe, expect, test } from 'vitest';
import { countTests } from './test.ts';

const file = (status: string, ...tests: readonly string[]) => ({
  status,
  assertionResults: tests.map((each) => ({ status: each })),
});

describe('the count at the end of the suite', () => {
  test.each([
    [
      'all passed',
      { success: true, numPassedTests: 2, numFailedTests: 0, testResults: [file('passed', 'passed', 'passed')] },
      2,
      0,
    ],
    [
      'one failed',
      { success: false, numPassedTests: 1, numFailedTests: 1, testResults: [file('failed', 'passed', 'failed')] },
      1,
      1,
    ],
    [
      'a file that does not load',
      { success: false, numPassedTests: 1, numFailedTests: 0, testResults: [file('passed', 'passed'), file('failed')] },
      1,
      1,
    ],
    [
      'an error outside any test',
      { success: false, numPassedTests: 1, numFailedTests: 0, testResults: [file('passed', 'passed')] },
      1,
      1,
    ],
    ['nothing ran', { success: true, numPassedTests: 0, numFailedTests: 0, testResults: [] }, 0, 1],
    ['no report at all', undefined, 0, 1],
  ])('%s', (_name, report, passed, failed) => {
    expect(countTests(report)).toEqual({ passed, failed });
  });
});
