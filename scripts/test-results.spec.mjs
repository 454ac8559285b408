import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { closingLine, countPlaywright, countVitest, readCounts, sumCounts } from './test-results.mjs';

const directory = mkdtempSync(join(tmpdir(), 'results-spec-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** @param {unknown} report */
function reportFile(report) {
  const file = join(directory, 'report.json');
  writeFileSync(file, JSON.stringify(report));
  return file;
}

const vitestReport = {
  numPassedTests: 5,
  numFailedTests: 1,
  numPendingTests: 2,
  numTodoTests: 0,
  testResults: [],
};

describe('counting tests', () => {
  it('takes the numbers of a Vitest report', () => {
    expect(countVitest(vitestReport)).toEqual({ passed: 5, failed: 1, skipped: 2 });
  });

  it('counts a test file that could not be loaded as a failure', () => {
    const report = {
      ...vitestReport,
      numFailedTests: 0,
      testResults: [{ status: 'failed', assertionResults: [] }],
    };
    expect(countVitest(report).failed).toBe(1);
  });

  it('counts a flaky Playwright test and an error outside of tests as failures', () => {
    const report = { stats: { expected: 3, unexpected: 0, flaky: 1, skipped: 1 }, errors: [{}] };
    expect(countPlaywright(report)).toEqual({ passed: 3, failed: 2, skipped: 1 });
  });

  it('never takes silence for success', () => {
    expect(readCounts(join(directory, 'none.json'), countVitest, 0).failed).toBe(1);
    const green = reportFile({ ...vitestReport, numFailedTests: 0 });
    expect(readCounts(green, countVitest, 1).failed).toBe(1);
    expect(readCounts(green, countVitest, 0).failed).toBe(0);
  });

  it('ends with one plain line', () => {
    const total = sumCounts([
      { passed: 2, failed: 0, skipped: 0 },
      { passed: 3, failed: 1, skipped: 4 },
    ]);
    expect(closingLine(total)).toBe('5 passed, 1 failed, 4 skipped');
    expect(closingLine({ passed: 1, failed: 0, skipped: 0 })).toBe('1 passed, 0 failed');
  });
});
