import { chmodSync, chownSync, existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { runsAsRoot } from './app-user.mjs';
import { SetupError } from './step.mjs';

/**
 * Whether the kernel lets an ordinary program make user namespaces, which Chromium's sandbox stands on.
 *
 * @param {(file: string) => string | undefined} [read]
 */
export function userNamespacesAllowed(read = readSetting) {
  if (read('/proc/sys/kernel/unprivileged_userns_clone') === '0') return false;
  if (read('/proc/sys/user/max_user_namespaces') === '0') return false;
  return read('/proc/sys/kernel/apparmor_restrict_unprivileged_userns') !== '1';
}

/**
 * Makes sure that Chromium's sandbox can work: by user namespaces, or by its set-user-id helper.
 *
 * @param {string} distDir
 */
export function ensureSandbox(distDir) {
  if (userNamespacesAllowed()) return 'on, by user namespaces';
  const helper = join(distDir, 'chrome-sandbox');
  if (existsSync(helper)) {
    const { uid, mode } = statSync(helper);
    if (uid === 0 && (mode & 0o4755) === 0o4755) return 'on, by its helper';
    if (runsAsRoot()) {
      chownSync(helper, 0, 0);
      chmodSync(helper, 0o4755);
      return 'on, by its helper (made ready)';
    }
  }
  throw new SetupError(
    'this system forbids user namespaces, and the sandbox helper is not set up',
    `Run "sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'", then the command again.`,
  );
}

/** @param {string} file */
function readSetting(file) {
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
}
