import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { failuresText, playwrightFailures, readFailures, vitestFailures } from './test-failures.mjs';

const passed = { status: 'passed', fullName: 'locks at the threshold', failureMessages: [] };
const failed = {
  status: 'failed',
  fullName: 'counts a failure',
  failureMessages: ['\u001b[31mAssertionError\u001b[39m: expected 1 to be 2'],
};

/** @param {readonly unknown[]} assertionResults @param {string} status @param {string} [message] */
function file(assertionResults, status, message = '') {
  return { name: join('/project', 'a.spec.ts'), status, message, assertionResults };
}

describe('the failures of a Vitest report', () => {
  it('names the file, the test and the reason without colours', () => {
    const report = { testResults: [file([passed, failed], 'failed')] };
    expect(vitestFailures(report, '/project')).toEqual([
      { test: 'a.spec.ts › counts a failure', reason: 'AssertionError: expected 1 to be 2' },
    ]);
  });

  it('names a file that could not be loaded', () => {
    const report = { testResults: [file([], 'failed', 'Cannot find module'), file([passed], 'passed')] };
    expect(vitestFailures(report, '/project')).toEqual([{ test: 'a.spec.ts', reason: 'Cannot find module' }]);
  });
});

describe('the failures of a Playwright report', () => {
  /** @param {string} title @param {boolean} ok @param {string} status @param {string} [message] */
  const spec = (title, ok, status, message) => ({
    title,
    ok,
    file: 'fleet.spec.ts',
    line: 7,
    tests: [{ status, results: [{ errors: message === undefined ? [] : [{ message }] }] }],
  });

  it('finds them below every suite, flaky ones too, and errors outside of tests', () => {
    const report = {
      errors: [{ message: 'no display' }],
      suites: [
        {
          title: 'fleet.spec.ts',
          specs: [spec('opens', true, 'expected'), spec('sorts', true, 'flaky', 'first try')],
          suites: [{ title: 'by keyboard', specs: [spec('moves', false, 'unexpected', 'not focused')] }],
        },
      ],
    };
    expect(playwrightFailures(report)).toEqual([
      { test: 'outside of any test', reason: 'no display' },
      { test: 'fleet.spec.ts › sorts (fleet.spec.ts:7)', reason: 'first try' },
      { test: 'fleet.spec.ts › by keyboard › moves (fleet.spec.ts:7)', reason: 'not focused' },
    ]);
  });
});

describe('the end of a run', () => {
  it('says every failure, its reason indented', () => {
    const text = failuresText([{ test: 'a › b', reason: 'expected 1\nreceived 2' }]);
    expect(text).toBe('\nFailed tests\n✘ a › b\n    expected 1\n    received 2\n');
  });

  it('says nothing if nothing failed, or no report was left', () => {
    expect(failuresText([])).toBe('');
    expect(readFailures(join('/project', 'none.json'), playwrightFailures)).toEqual([]);
  });
});
