// npm run check: format, lint, types, import rules, dead code, generated files.
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { rootDir } from './setup/paths.mjs';
import { runCommand } from './setup/run-command.mjs';
import { formatDuration } from './setup/step.mjs';

/** @type {(name: string, script: string, ...args: string[]) => { name: string, args: string[] }} */
const check = (name, script, ...args) => ({ name, args: [join(rootDir, script), ...args] });

const CHECKS = [
  check(
    'format and lint',
    'node_modules/@biomejs/biome/bin/biome',
    'ci',
    '--colors=off',
    '--diagnostic-level=warn',
  ),
  check('types, main process', 'node_modules/typescript/bin/tsc', '-p', 'tsconfig.node.json'),
  check('types, renderer', 'node_modules/typescript/bin/tsc', '-p', 'tsconfig.web.json'),
  check('types, scripts', 'node_modules/typescript/bin/tsc', '-p', 'scripts/tsconfig.json'),
  check('import rules', 'scripts/check-imports.mjs'),
  check('lock file', 'scripts/lock-file.mjs'),
  check('dead code', 'node_modules/knip/bin/knip.js'),
  check('icons as drawn', 'scripts/icons.mjs', '--check'),
];

/**
 * Runs every check, also after one has failed.
 *
 * @returns {Promise<import('./test-runners.mjs').Outcome>}
 */
export async function runChecks() {
  /** @type {import('./test-failures.mjs').Failure[]} */
  const failures = [];
  for (const { name, args } of CHECKS) {
    const startedAt = performance.now();
    const { code, output } = await runCommand(process.execPath, args, { cwd: rootDir });
    const time = formatDuration(performance.now() - startedAt);
    process.stdout.write(`  ${code === 0 ? '✓' : '✗'} ${name} (${time})\n`);
    if (code !== 0) {
      failures.push({ test: `check of ${name}`, reason: output.trimEnd() });
      process.stdout.write(`${output.trimEnd()}\n`);
    }
  }
  const failed = failures.length;
  return { passed: CHECKS.length - failed, failed, skipped: 0, failures };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { failed } = await runChecks();
  process.exitCode = failed === 0 ? 0 : 1;
}
