import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/** @typedef {{ test: string, reason: string }} Failure */

/** Enough of a reason to know what was expected, what came, and where. */
const LINES_OF_REASON = 40;

/**
 * What failed in Vitest's JSON report: tests, and files that could not be loaded.
 *
 * @param {any} report
 * @param {string} rootDir
 * @returns {Failure[]}
 */
export function vitestFailures(report, rootDir) {
  return report.testResults.flatMap((/** @type {any} */ file) => {
    const path = relative(rootDir, file.name);
    const tests = file.assertionResults
      .filter((/** @type {any} */ test) => test.status === 'failed')
      .map((/** @type {any} */ test) => ({
        test: `${path} › ${test.fullName}`,
        reason: shorten(test.failureMessages.join('\n')),
      }));
    if (tests.length > 0 || file.status !== 'failed') return tests;
    return [{ test: path, reason: shorten(file.message) }];
  });
}

/**
 * What failed in Playwright's JSON report: tests, with every try, and errors outside of any test.
 *
 * @param {any} report
 * @returns {Failure[]}
 */
export function playwrightFailures(report) {
  const outside = (report.errors ?? []).map((/** @type {any} */ error) => ({
    test: 'outside of any test',
    reason: shorten(error.message ?? ''),
  }));
  return [...outside, ...report.suites.flatMap((/** @type {any} */ suite) => suiteFailures(suite, []))];
}

/**
 * @param {any} suite
 * @param {readonly string[]} above
 * @returns {Failure[]}
 */
function suiteFailures(suite, above) {
  const titles = [...above, suite.title];
  const own = (suite.specs ?? [])
    .filter((/** @type {any} */ spec) => !spec.ok || spec.tests.some(isFlaky))
    .map((/** @type {any} */ spec) => ({
      test: `${[...titles, spec.title].join(' › ')} (${spec.file}:${spec.line})`,
      reason: shorten(spec.tests.flatMap(errorsOf).join('\n')),
    }));
  const inner = (suite.suites ?? []).flatMap((/** @type {any} */ each) => suiteFailures(each, titles));
  return [...own, ...inner];
}

/** @param {any} test */
function isFlaky(test) {
  return test.status === 'flaky';
}

/** @param {any} test @returns {string[]} */
function errorsOf(test) {
  return test.results.flatMap((/** @type {any} */ result) =>
    (result.errors ?? []).map((/** @type {any} */ error) => error.message ?? ''),
  );
}

/** @param {string} text */
function shorten(text) {
  return stripVTControlCharacters(text).trim().split('\n').slice(0, LINES_OF_REASON).join('\n');
}

/**
 * The failures of one runner's report; none of a report that is not there, which the counts tell of.
 *
 * @param {string} reportFile
 * @param {(report: any) => Failure[]} find
 * @returns {Failure[]}
 */
export function readFailures(reportFile, find) {
  return existsSync(reportFile) ? find(JSON.parse(readFileSync(reportFile, 'utf8'))) : [];
}

/**
 * What failed, as text for the end of a run, so that nobody has to search the output for it; nothing if nothing
 * failed.
 *
 * @param {readonly Failure[]} failures
 */
export function failuresText(failures) {
  if (failures.length === 0) return '';
  const one = (/** @type {Failure} */ { test, reason }) => `✘ ${test}\n${reason.replace(/^/gm, '    ')}\n`;
  return `\nFailed tests\n${failures.map(one).join('')}`;
}
