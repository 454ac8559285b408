import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { runInSession, runToEnd } from './electron-launcher.mjs';
import { rootDir } from './setup/paths.mjs';
import { playwrightFailures, readFailures, vitestFailures } from './test-failures.mjs';
import { countPlaywright, countVitest, readCounts } from './test-results.mjs';

/** @typedef {import('./test-results.mjs').Counts & { failures: import('./test-failures.mjs').Failure[] }} Outcome */

/**
 * Runs Vitest, counts, and says what failed.
 *
 * @param {string} name of the report
 * @param {string} config
 * @param {readonly string[]} [args]
 * @returns {Promise<Outcome>}
 */
export async function runVitest(name, config, args = []) {
  const report = freshReport(name);
  const cli = join(rootDir, 'node_modules', 'vitest', 'vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const command = [cli, 'run', '-c', config, ...reporters, ...args];
  const { code } = await runToEnd(process.execPath, command, { cwd: rootDir });
  return {
    ...readCounts(report, countVitest, code ?? 1),
    failures: readFailures(report, (read) => vitestFailures(read, rootDir)),
  };
}

/**
 * Runs Playwright under a display and a D-Bus session, counts, and says what failed.
 *
 * @param {string} name of the report
 * @param {string} config
 * @param {readonly string[]} [args]
 * @returns {Promise<Outcome>}
 */
export async function runPlaywright(name, config, args = []) {
  const report = freshReport(name);
  const cli = join(rootDir, 'node_modules', '@playwright', 'test', 'cli.js');
  const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: report };
  const command = [cli, 'test', '-c', config, '--reporter=list,json', ...args];
  const { code } = await runInSession(process.execPath, command, { cwd: rootDir, env });
  return {
    ...readCounts(report, countPlaywright, code ?? 1),
    failures: readFailures(report, playwrightFailures),
  };
}

/** @param {string} name */
function freshReport(name) {
  const report = join(rootDir, 'artifacts', 'reports', `${name}.json`);
  mkdirSync(dirname(report), { recursive: true });
  rmSync(report, { force: true });
  return report;
}
