import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../../electron/lab/clock';
import { PracticeDirectory } from '../../../electron/lab/directory/practice-directory';

const BASE = 'DC=lab,DC=practice';

interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

let folder = '';
let directory: PracticeDirectory;

function run(program: string, args: readonly string[], input = ''): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, LDAPTLS_CACERT: join(folder, 'ca.pem') };
    const child = execFile(program, [...args], { env }, (error, stdout, stderr) => {
      const code = error ? error.code : 0;
      if (typeof code === 'number') resolve({ stdout, stderr, code });
      else reject(error);
    });
    child.stdin?.end(input);
  });
}

type Way = 'plain' | 'startTls' | 'ldaps';
const controllerAt = (index: number) => {
  const found = directory.describe().controllers[index];
  if (!found) throw new Error(`controller ${index}`);
  return found;
};
/** Address and sign-in of OpenLDAP's tools. */
function to(index: number, way: Way = 'plain', as?: { user: string; password: string }): string[] {
  const { port, ldapsPort } = controllerAt(index);
  const url = way === 'ldaps' ? `ldaps://127.0.0.1:${ldapsPort}` : `ldap://127.0.0.1:${port}`;
  const { bindUser, password } = directory.describe();
  const { user, password: secret } = as ?? { user: bindUser, password };
  return ['-x', '-H', url, ...(way === 'startTls' ? ['-ZZ'] : []), '-D', user, '-w', secret];
}
const search = (args: readonly string[], ...rest: readonly string[]) =>
  run('ldapsearch', [...args, '-LLL', '-o', 'ldif-wrap=no', ...rest]);
const valuesOf = (ldif: string, attribute: string) =>
  ldif
    .split('\n')
    .filter((line) => line.startsWith(`${attribute}: `))
    .map((line) => line.slice(attribute.length + 2));
const accountsIn = (ldif: string) => valuesOf(ldif, 'sAMAccountName').sort();

describe('the practice domain, asked by OpenLDAP’s tools', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'lockwatch-ldap-'));
    directory = new PracticeDirectory({ seed: 'real', clock: systemClock, keyDir: folder });
    await directory.start({});
    const pems = directory.describe().controllers.map(({ certificatePem }) => certificatePem);
    writeFileSync(join(folder, 'ca.pem'), pems.join(''));
  });
  afterAll(async () => {
    await directory.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(['plain', 'startTls', 'ldaps'] as const)('is searched and named over %s', async (way) => {
    const { stdout, code } = await search(to(0, way), '-b', BASE, '(sAMAccountName=anna.berg)', 'cn');
    expect([code, valuesOf(stdout, 'cn')]).toEqual([0, ['Anna Berg']]);
    expect((await run('ldapwhoami', to(1, way))).stdout.trim()).toBe('u:LAB\\lockwatch');
  });

  test('does not trust a certificate that is not the one of the domain', async () => {
    const { password, bindUser } = directory.describe();
    const args = [
      '-x',
      '-H',
      `ldaps://127.0.0.1:${controllerAt(0).ldapsPort}`,
      '-D',
      bindUser,
      '-w',
      password,
    ];
    const env = { ...process.env, LDAPTLS_CACERT: '/dev/null' };
    const failed = await new Promise<number | string | undefined | null>((resolve) =>
      execFile('ldapwhoami', args, { env }, (error) => resolve(error?.code)),
    );
    expect(failed).not.toBe(0);
    expect(failed).not.toBeUndefined();
  });

  test.each([
    [
      '(&(objectCategory=person)(userAccountControl:1.2.840.113556.1.4.803:=2))',
      ['Guest', 'krbtgt', 'leaver'],
    ],
    ['(displayName=*\\c3\\9f*)', ['jonas.weiss']],
    [
      '(|(sAMAccountName=svc-s*)(&(sAMAccountName=*.li)(!(badPwdCount>=1))))',
      ['chen.li', 'svc-scan', 'svc-sql'],
    ],
    ['(userAccountControl>=532480)', ['DC1$', 'DC2$']],
    ['(displayName=Miller, George \\28Accounts\\29)', ['george.miller']],
  ])('finds by %s', async (filter, names) => {
    const { stdout, code } = await search(to(0), '-b', BASE, filter, 'sAMAccountName');
    expect([code, accountsIn(stdout)]).toEqual([0, names]);
  });

  test('finds by the bytes of a SID', async () => {
    const encoded = await search(to(0), '-b', BASE, '(sAMAccountName=zoe.martin)', 'objectSid');
    const [, base64 = ''] = /^objectSid:: (.+)$/m.exec(encoded.stdout) ?? [];
    const bytes = [...Buffer.from(base64, 'base64')].map((byte) => `\\${byte.toString(16).padStart(2, '0')}`);
    const { stdout } = await search(to(0), '-b', BASE, `(objectSid=${bytes.join('')})`, 'sAMAccountName');
    expect(accountsIn(stdout)).toEqual(['zoe.martin']);
  });

  test('gives every account by pages of seven', async () => {
    const filter = '(&(objectCategory=person)(objectClass=user))';
    const { stdout, code } = await search(to(0), '-E', 'pr=7/noprompt', '-b', BASE, filter, 'sAMAccountName');
    expect(code).toBe(0);
    expect(accountsIn(stdout)).toEqual(directory.domain.accounts.all.map(({ name }) => name).sort());
    const limited = await search(to(0), '-z', '7', '-b', BASE, filter, 'sAMAccountName');
    expect([limited.code, accountsIn(limited.stdout).length]).toEqual([4, 7]);
  });

  test('locks by wrong passwords, and unlocks by ldapmodify', async () => {
    const wrong = { user: 'LAB\\maria.rossi', password: 'not it' };
    for (let i = 0; i < 5; i++) expect((await run('ldapwhoami', to(1, 'ldaps', wrong))).code).toBe(49);
    const right = { ...wrong, password: directory.domain.passwordOf('maria.rossi') };
    const locked = await run('ldapwhoami', to(0, 'ldaps', right));
    expect([locked.code, locked.stderr]).toEqual([49, expect.stringContaining('data 775')]);
    const asked = ['badPwdCount', 'lockoutTime', 'msDS-User-Account-Control-Computed'];
    const read = async () =>
      (await search(to(0), '-b', BASE, '(sAMAccountName=maria.rossi)', ...asked)).stdout;
    const before = await read();
    expect(valuesOf(before, 'badPwdCount')).toEqual(['5']);
    expect(valuesOf(before, 'msDS-User-Account-Control-Computed')).toEqual(['16']);
    const [dn = ''] = valuesOf(before, 'dn');
    const change = `dn: ${dn}\nchangetype: modify\nreplace: lockoutTime\nlockoutTime: 0\n`;
    expect((await run('ldapmodify', to(0, 'startTls'), change)).code).toBe(0);
    expect(valuesOf(await read(), 'lockoutTime')).toEqual(['0']);
    expect((await run('ldapwhoami', to(0, 'ldaps', right))).stdout.trim()).toBe('u:LAB\\maria.rossi');
    const denied = await run('ldapmodify', to(0, 'ldaps', right), change);
    expect([denied.code, denied.stderr]).toEqual([50, expect.stringContaining('INSUFF_ACCESS_RIGHTS')]);
  });
});
