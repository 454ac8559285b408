import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { openDatabase } from './database';
import { type Provisioned, run } from './provision';

/** What every account of a large domain has as its password. */
export const BULK_PASSWORD = 'Bulk-Pass.w0rd';

export const bulkName = (number: number): string => `bulk${number.toString().padStart(5, '0')}`;

/** Adds many accounts to a controller that is not running: `prepare` of `startDomainController`. About 1 ms each. */
export async function addManyUsers(made: Provisioned, count: number): Promise<void> {
  const unit = `OU=Bulk,${made.base}`;
  const database = await openDatabase(made);
  await database.addUsers([{ name: 'template', password: BULK_PASSWORD }], unit);
  await database.close();
  const names = Array.from({ length: count }, (_, number) => bulkName(number));
  await new Promise<void>((resolve, reject) => {
    const child = spawn(
      '/usr/bin/python3',
      [
        join(__dirname, 'clone_users.py'),
        join(made.folder, `private/sam.ldb.d/${made.base.toUpperCase()}.ldb`),
        `CN=template,${unit}`,
        unit,
        made.dnsDomain,
      ],
      { stdio: ['pipe', 'ignore', 'inherit'] },
    );
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`cloning ended with ${code}`))));
    child.stdin.end(JSON.stringify(names));
  });
  await run('samba-tool', ['dbcheck', '--reindex', '-s', made.config], { timeout: 120_000 });
}
