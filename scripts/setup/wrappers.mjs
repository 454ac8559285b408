import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';
import { closedFolderWrapper, electronWrapper, userWrapper } from './paths.mjs';

/** @typedef {import('./app-user.mjs').AppUser} AppUser */

/** @param {string} text */
const quote = (text) => `'${text.replaceAll("'", `'\\''`)}'`;

/**
 * A start script with its places filled in.
 *
 * @param {string} name of the template
 * @param {Record<string, string>} values by the name of the place, as shell words
 */
export function fillTemplate(name, values) {
  const template = readFileSync(new URL(`./wrappers/${name}.sh`, import.meta.url), 'utf8');
  return template.replace(/@([A-Z_]+)@/g, (_, place) => {
    const value = values[place];
    if (value === undefined) throw new Error(`${name}.sh has a place without a value: ${place}`);
    return value;
  });
}

/**
 * Writes the start scripts where they are not yet as they should be.
 *
 * @param {object} options
 * @param {string} options.binary the Electron executable
 * @param {AppUser | undefined} options.user whom to run it as, when we are root
 * @param {string | undefined} options.closedFolder a folder on the way to the checkout that is closed to the user
 * @param {readonly string[]} options.shown what the user must see inside that folder
 */
export function writeWrappers({ binary, user, closedFolder, shown }) {
  if (closedFolder !== undefined) {
    const values = { CLOSED: quote(closedFolder), SHOWN: shown.map(quote).join(' ') };
    writeExecutable(closedFolderWrapper, fillTemplate('past-closed-folder', values));
  }
  if (user !== undefined) {
    const pastClosedFolder = `unshare --mount --propagation private -- ${quote(closedFolderWrapper)}`;
    const values = {
      USER: quote(user.name),
      HOME: quote(user.home),
      UID: String(user.uid),
      GID: String(user.gid),
      PAST_CLOSED_FOLDER: closedFolder === undefined ? '' : pastClosedFolder,
    };
    writeExecutable(userWrapper, fillTemplate('as-app-user', values));
  }
  writeStarter(electronWrapper, binary, user !== undefined);
}

/**
 * Writes the executable that an Electron program is started through.
 *
 * @param {string} file
 * @param {string} binary
 * @param {boolean} asUser
 */
export function writeStarter(file, binary, asUser) {
  const start = asUser ? quote(userWrapper) : 'setpriv --pdeathsig TERM --';
  writeExecutable(file, fillTemplate('electron', { START: start, BINARY: quote(binary) }));
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
