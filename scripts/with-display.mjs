// node scripts/with-display.mjs [--as-app-user] -- COMMAND ARGUMENTS...
// Runs a command under a display and a D-Bus session of the ordinary user: those there are, else private ones.
import process from 'node:process';
import { endLike, runInSession } from './electron-launcher.mjs';
import { asAppUser } from './runtime.mjs';

const separator = process.argv.indexOf('--');
const [command, ...args] = separator === -1 ? [] : process.argv.slice(separator + 1);
if (command === undefined) {
  process.stderr.write('Usage: node scripts/with-display.mjs [--as-app-user] -- COMMAND ARGUMENTS...\n');
  process.exitCode = 64;
} else {
  const asUser = process.argv.slice(2, separator).includes('--as-app-user');
  const run = asUser ? asAppUser(command, args) : { command, args };
  endLike(await runInSession(run.command, run.args));
}
