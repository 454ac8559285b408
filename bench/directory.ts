import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { canRunSamba } from '../e2e/real/directory/samba/provision';
import { benchControllerTable } from './directory/controller-table';
import { benchLockToNotification } from './directory/lock-to-notification';
import { benchRefresh } from './directory/refresh';
import type { Figure } from './lib/figure';

const COMMANDS = ['samba', 'samba-tool', 'ldapsearch', 'python3', 'openssl', 'unshare'];

/** What a real domain controller needs here and is not there; undefined when all is. */
function whatIsMissing(): string | undefined {
  if (!canRunSamba) return 'a domain controller listens on ports below 1024: it needs root';
  const folders = (process.env.PATH ?? '').split(delimiter);
  const absent = COMMANDS.filter((name) => !folders.some((folder) => existsSync(join(folder, name))));
  return absent.length === 0 ? undefined : `there is no ${absent.join(', ')}`;
}

/** Lockwatch against a real domain controller (Samba), on loopback. */
export async function benchDirectory(): Promise<Figure[]> {
  const missing = whatIsMissing();
  if (missing !== undefined) {
    console.error(`directory: skipped, because ${missing}`);
    return [];
  }
  return [...(await benchControllerTable()), ...(await benchLockToNotification()), ...(await benchRefresh())];
}
