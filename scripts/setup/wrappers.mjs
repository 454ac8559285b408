import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';
import { electronWrapper, userWrapper } from './paths.mjs';

/** @typedef {import('./app-user.mjs').AppUser} AppUser */

const HEADER = '#!/bin/sh\n# Made by scripts/setup.mjs; changes here are lost.\nset -eu\n';

/** @param {string} text */
const quote = (text) => `'${text.replaceAll("'", `'\\''`)}'`;

/**
 * A shell script that runs its arguments as the ordinary user, in place of itself: signals and the exit code
 * pass through, and the program ends when the one that started it does.
 *
 * @param {AppUser} user
 * @param {{ closedFolder: string, shown: readonly string[] } | undefined} view what to show past a closed folder
 */
export function asUserScript(user, view) {
  const drop = `setpriv --reuid=${user.uid} --regid=${user.gid} --init-groups --pdeathsig TERM --`;
  const lines = [
    `# A folder of its own for sockets, as a login would give it.`,
    'if [ -z "${LOCKWATCH_SESSION_DIR:-}" ]; then',
    `  LOCKWATCH_SESSION_DIR=${quote(`${user.home}/run`)}`,
    `  [ -d "$LOCKWATCH_SESSION_DIR" ] || install -d -m 0700 -o ${user.uid} -g ${user.gid} "$LOCKWATCH_SESSION_DIR"`,
    'fi',
    '# Folders of root are of no use to the ordinary user.',
    `for name in XDG_CONFIG_HOME XDG_DATA_HOME XDG_CACHE_HOME XDG_STATE_HOME TMPDIR; do`,
    '  eval "value=\\${$name:-}"',
    '  case "$value" in "${HOME:-/root}"/*) unset "$name" ;; esac',
    'done',
    `export HOME=${quote(user.home)} USER=${user.name} LOGNAME=${user.name} XDG_RUNTIME_DIR="$LOCKWATCH_SESSION_DIR"`,
    'export LOCKWATCH_SESSION_DIR',
    'unset SUDO_USER SUDO_UID SUDO_GID SUDO_COMMAND MAIL',
  ];
  if (view === undefined) return `${HEADER}${lines.join('\n')}\nexec ${drop} "$@"\n`;
  return `${HEADER}${lines.join('\n')}\n${namespaceLines(drop, view).join('\n')}\n`;
}

/**
 * Puts an empty folder over the closed one, seen by this program alone, and shows the checkout through it.
 *
 * @param {string} drop
 * @param {{ closedFolder: string, shown: readonly string[] }} view
 */
function namespaceLines(drop, { closedFolder, shown }) {
  const inside = [
    'set -eu',
    'hold=$1; folder=$2; shift 2',
    ...shown.map((path, index) => `mkdir -p "$hold/${index}"; mount --rbind ${quote(path)} "$hold/${index}"`),
    'mount -t tmpfs -o mode=0755,size=1m lockwatch "$folder"',
    ...shown.map((path, index) => `mkdir -p ${quote(path)}; mount --rbind "$hold/${index}" ${quote(path)}`),
    `cd "$PWD" 2>/dev/null || cd ${quote(shown[0] ?? '/')}`,
    'exec "$@"',
  ];
  return [
    'hold=/run/lockwatch-dev',
    'mkdir -p "$hold"',
    `exec unshare --mount --propagation private -- sh -c ${quote(inside.join('\n'))} sh "$hold" ${quote(closedFolder)} ${drop} "$@"`,
  ];
}

/**
 * The executable that Electron is started through on Linux. It refuses to switch the sandbox off.
 *
 * @param {string} binary
 * @param {boolean} asUser
 */
export function electronScript(binary, asUser) {
  return [
    `${HEADER.trimEnd()}`,
    'for argument in "$@"; do',
    '  case "$argument" in --no-sandbox|--disable-setuid-sandbox|--disable-namespace-sandbox)',
    '    echo "Lockwatch never runs without the sandbox; leave $argument away (Playwright: chromiumSandbox: true)." >&2',
    '    exit 64 ;;',
    '  esac',
    'done',
    asUser
      ? `exec ${quote(userWrapper)} ${quote(binary)} "$@"`
      : `exec setpriv --pdeathsig TERM -- ${quote(binary)} "$@"`,
    '',
  ].join('\n');
}

/**
 * Writes the start scripts where they are not yet as they should be.
 *
 * @param {{ binary: string, user: AppUser | undefined, closedFolder: string | undefined, shown: readonly string[] }} options
 */
export function writeWrappers({ binary, user, closedFolder, shown }) {
  if (user !== undefined) {
    writeExecutable(userWrapper, asUserScript(user, closedFolder === undefined ? undefined : { closedFolder, shown }));
  }
  writeExecutable(electronWrapper, electronScript(binary, user !== undefined));
}

/**
 * @param {string} file
 * @param {string} text
 */
function writeExecutable(file, text) {
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  mkdirSync(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, text);
  chmodSync(temporary, 0o755);
  renameSync(temporary, file);
}
