import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { runCommand, succeeds, whatWentWrong } from './run-command.mjs';
import { SetupError } from './step.mjs';

/** @typedef {import('./system-needs.mjs').SystemNeed} SystemNeed */

const LIBRARY_DIRS = [
  '/usr/lib/x86_64-linux-gnu',
  '/usr/lib/aarch64-linux-gnu',
  '/usr/lib/arm-linux-gnueabihf',
  '/lib/x86_64-linux-gnu',
  '/lib/aarch64-linux-gnu',
  '/usr/lib64',
  '/lib64',
  '/usr/lib',
  '/lib',
];

/**
 * Those needs that the machine does not meet. Looks for files only: no package manager is asked.
 *
 * @param {readonly SystemNeed[]} needs
 * @param {(path: string) => boolean} [exists]
 */
export function missingNeeds(needs, exists = existsSync) {
  const commandDirs = [...(process.env.PATH ?? '').split(':'), '/usr/bin', '/usr/sbin', '/bin', '/sbin'];
  /** @type {(need: SystemNeed) => string[]} */
  const candidates = (need) => {
    if (need.kind === 'file') return [...need.anyOf];
    const dirs = need.kind === 'library' ? LIBRARY_DIRS : commandDirs.filter((dir) => dir !== '');
    return need.anyOf.flatMap((name) => dirs.map((dir) => join(dir, name)));
  };
  return needs.filter((need) => !candidates(need).some(exists));
}

/**
 * Installs what is missing where that is ours to do (Debian or Ubuntu, as root), else says how.
 *
 * @param {readonly SystemNeed[]} needs
 * @param {(text: string) => void} progress
 */
export async function ensureSystemPackages(needs, progress) {
  const missing = missingNeeds(needs);
  if (missing.length === 0) return 'there';
  if (!succeeds('apt-get', ['--version'])) {
    const files = missing.map((need) => need.anyOf[0]).join(', ');
    throw new SetupError(
      `missing: ${files}`,
      'Install them with the package manager of your system, then run the command again.',
    );
  }

  const isRoot = process.getuid?.() === 0;
  if (isRoot) {
    progress('apt-get update');
    await runCommand('apt-get', ['update', '-qq'], { env: aptEnvironment() });
  }
  const packages = [...new Set(missing.map((need) => need.debianPackage))].map(nameOnThisRelease);
  if (!isRoot) {
    throw new SetupError(
      `missing: ${packages.join(' ')}`,
      `Run "sudo apt-get install --no-install-recommends ${packages.join(' ')}", then the command again.`,
    );
  }

  progress(`installing ${packages.join(' ')}`);
  keepNewSshServerFromListening(missing);
  const args = [
    'install',
    '-y',
    '-qq',
    '--no-install-recommends',
    '-o',
    'DPkg::Lock::Timeout=180',
    ...packages,
  ];
  const { code, output } = await runCommand('apt-get', args, { env: aptEnvironment() });
  const stillMissing = missingNeeds(needs);
  if (code === 0 && stillMissing.length === 0) return `installed ${packages.join(' ')}`;
  throw new SetupError(
    `apt-get could not install ${packages.join(' ')}\n    ${whatWentWrong(output)}`,
    `Check that the package mirror can be reached, and run "apt-get install ${packages.join(' ')}" by hand to see why.`,
  );
}

/**
 * Debian 13 and Ubuntu 24.04 renamed the libraries whose time_t grew to 64 bits.
 *
 * @param {string} name
 */
function nameOnThisRelease(name) {
  if (!name.startsWith('lib') || succeeds('dpkg-query', ['-W', name])) return name;
  return succeeds('apt-cache', ['show', `${name}t64`]) ? `${name}t64` : name;
}

/**
 * The tests start an sshd of their own; Debian's package would start one for the whole machine.
 *
 * @param {readonly SystemNeed[]} missing
 */
function keepNewSshServerFromListening(missing) {
  if (!missing.some((need) => need.debianPackage === 'openssh-server')) return;
  mkdirSync('/etc/ssh', { recursive: true });
  if (!existsSync('/etc/ssh/sshd_not_to_be_run')) writeFileSync('/etc/ssh/sshd_not_to_be_run', '');
}

function aptEnvironment() {
  return { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
}
