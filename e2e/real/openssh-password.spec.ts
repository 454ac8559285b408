import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPasswordLedger } from '../../electron/sources/ssh/password-ledger';
import { createSshSource, type SshSourceOptions } from '../../electron/sources/ssh/ssh-source';
import { never } from '../../electron/sources/ssh/testing/options';
import { ok } from '../../shared/result';
import { endpointAt, optionsAt } from './ssh/options';
import { run, type Sshd, startSshd } from './ssh/sshd';

const isRoot = process.getuid?.() === 0;
const title = isRoot
  ? 'OpenSSH: passwords'
  : 'OpenSSH: passwords (skipped: making a user with a password needs root)';

describe.skipIf(!isRoot)(title, () => {
  const user = `lockwatch-${randomBytes(3).toString('hex')}`;
  const password = randomBytes(12).toString('base64url');
  const servers: Sshd[] = [];

  beforeAll(async () => {
    await run('useradd', ['--no-create-home', '--shell', '/bin/sh', user]);
    await run('sh', ['-c', `echo "${user}:${password}" | chpasswd`]);
  });
  afterAll(async () => {
    for (const sshd of servers) await sshd.dispose();
    await run('userdel', [user]);
  });

  const start = async (maxAuthTries: number): Promise<Sshd> => {
    const instances = [{ computer: 'WEB01', events: [] }];
    const sshd = await startSshd({ instances, passwords: true, maxAuthTries });
    servers.push(sshd);
    return sshd;
  };
  const optionsWith = (sshd: Sshd, secret: string): SshSourceOptions =>
    optionsAt(sshd, {
      endpoint: endpointAt(sshd, 0, { user, authentication: { kind: 'password' } }),
      secrets: () => Promise.resolve(ok(secret)),
      passwords: createPasswordLedger(),
    });
  const failures = (sshd: Sshd) => sshd.log().match(/Failed \w+ for/g) ?? [];

  it('signs in with the right one at the first attempt', async () => {
    const sshd = await start(6);
    const session = await createSshSource(optionsWith(sshd, password)).connect(never());
    if (!session.ok) throw new Error(session.error.code);
    expect(await session.value.readPolicy(never())).toMatchObject({ ok: true });
    await session.value.close();
    expect(failures(sshd)).toEqual([]);
    expect(sshd.log().match(/Accepted password/g)).toHaveLength(1);
  });

  // With one try allowed, sshd says goodbye instead of no.
  it.each([6, 1])(
    'has a wrong one counted once, whoever connects how often (MaxAuthTries %i)',
    async (tries) => {
      const sshd = await start(tries);
      const options = optionsWith(sshd, 'not the password');
      const one = createSshSource(options);
      const other = createSshSource(options);
      for (let round = 0; round < 5; round++) {
        const results = await Promise.all([one.connect(never()), other.connect(never())]);
        for (const result of results) {
          expect(result).toMatchObject({
            ok: false,
            error: { code: 'ssh.passwordRefused', retryable: false },
          });
        }
      }
      expect(failures(sshd)).toEqual(['Failed password for']);
    },
  );

  it('says that passwords are not taken, without one failure', async () => {
    const sshd = await startSshd({ instances: [{ computer: 'WEB01', events: [] }], passwords: false });
    servers.push(sshd);
    const result = await createSshSource(optionsWith(sshd, password)).connect(never());
    expect(result).toMatchObject({ ok: false, error: { code: 'ssh.methodNotOffered' } });
    expect(failures(sshd).filter((line) => line.includes('password'))).toEqual([]);
  });
});
