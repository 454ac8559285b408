import { execFileSync } from 'node:child_process';
import { afterEach, describe, expect, it } from 'vitest';
import { appError } from '../../../shared/errors';
import { err, ok } from '../../../shared/result';
import { createPasswordLedger } from './password-ledger';
import { createSshSource, type SshSourceOptions } from './ssh-source';
import { createHeldClock, HELD_MS, never, optionsFor } from './testing/options';
import { startTestServer, type TestServer, type TestServerOptions } from './testing/ssh-server';

const servers: TestServer[] = [];
const start = async (options: TestServerOptions = {}): Promise<TestServer> => {
  const server = await startTestServer(options);
  servers.push(server);
  return server;
};
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

const connect = (port: number, change: Partial<SshSourceOptions> = {}) =>
  createSshSource(optionsFor(port, change)).connect(never());

const codeOf = (result: { ok: boolean; error?: { code: string } }): string =>
  result.ok ? 'ok' : (result.error?.code ?? '');

const passwordIs = (password: string): TestServerOptions => ({
  authenticate: (attempt) => attempt.method === 'password' && attempt.password === password,
});

describe('start-up', () => {
  it('loads ssh2 with the first connection only', () => {
    const code = `const { createSshSource } = require('./electron/sources/ssh/ssh-source.ts');
      require('./electron/sources/ssh/connection-check.ts');
      const has = () => Object.keys(require.cache).some((file) => /node_modules.ssh2/.test(file));
      const before = has();
      const options = {
        endpoint: { host: '127.0.0.1', port: 1, user: 'u', authentication: { kind: 'password' } },
        jumpHosts: [],
        clock: { now: () => 0, after: () => () => undefined },
        log: { debug: () => undefined },
      };
      createSshSource(options).connect(new AbortController().signal).then((result) => {
        process.stdout.write([before, has(), result.error.code].join());
      });`;
    const output = execFileSync(process.execPath, ['--import', 'tsx', '-e', code], { encoding: 'utf8' });
    expect(output).toBe('false,true,net.refused');
  });
});

describe('one attempt', () => {
  it('connects with the password as the first and only attempt', async () => {
    const server = await start(passwordIs('correct horse'));
    const session = await connect(server.port);
    expect(codeOf(session)).toBe('ok');
    expect(server.attempts).toEqual(['password']);
    if (session.ok) await session.value.close();
  });

  it('sends a refused password once, ever, and tries nothing else with it', async () => {
    const server = await start(passwordIs('another'));
    const source = createSshSource(optionsFor(server.port));
    for (let round = 0; round < 5; round++) {
      expect(codeOf(await source.connect(never()))).toBe('ssh.passwordRefused');
    }
    expect(server.attempts).toEqual(['password']);
  });

  it('shares what was refused between sources, until the admin enters the password anew', async () => {
    const server = await start(passwordIs('another'));
    const passwords = createPasswordLedger();
    const both = await Promise.all([
      connect(server.port, { passwords }),
      connect(server.port, { passwords }),
    ]);
    expect(both.map(codeOf)).toEqual(['ssh.passwordRefused', 'ssh.passwordRefused']);
    expect(server.attempts).toEqual(['password']);
    const secrets = () => Promise.resolve(ok('another'));
    const other = await connect(server.port, { passwords, secrets });
    expect(codeOf(other)).toBe('ok');
    passwords.forget({ host: '127.0.0.1', port: server.port, user: 'admin' });
    expect(codeOf(await connect(server.port, { passwords }))).toBe('ssh.passwordRefused');
    expect(server.attempts).toEqual(['password', 'password', 'password']);
    if (other.ok) await other.value.close();
  });

  it('takes a goodbye in place of an answer for a refusal', async () => {
    const server = await start({
      authenticate: (_attempt, connection) => {
        connection.end();
        return undefined;
      },
    });
    const source = createSshSource(optionsFor(server.port));
    await source.connect(never());
    await source.connect(never());
    await source.connect(never());
    const last = await source.connect(never());
    expect(['ssh.passwordRefused', 'ssh.passwordUnanswered']).toContain(codeOf(last));
    expect(server.attempts.length).toBeLessThanOrEqual(2);
  });

  it('sends a password that is never answered twice at most', async () => {
    const { clock, runOut } = createHeldClock();
    const server = await start({
      authenticate: () => {
        runOut();
        return undefined;
      },
    });
    const timeouts = { authenticationMs: HELD_MS };
    const source = createSshSource(optionsFor(server.port, { clock, timeouts }));
    expect(codeOf(await source.connect(never()))).toBe('net.timeout');
    expect(codeOf(await source.connect(never()))).toBe('net.timeout');
    expect(codeOf(await source.connect(never()))).toBe('ssh.passwordUnanswered');
    expect(server.attempts).toEqual(['password', 'password']);
  });

  it('says that passwords are not taken, when they are not', async () => {
    const server = await start({
      authenticate: (attempt) => {
        attempt.reject(['publickey']);
        return undefined;
      },
    });
    expect(codeOf(await connect(server.port))).toBe('ssh.methodNotOffered');
    expect(server.attempts).toEqual(['password']);
  });

  it('does not answer a demand for a new password, and says that it has expired', async () => {
    const server = await start({
      authenticate: (attempt) => {
        if (attempt.method !== 'password') return false;
        attempt.requestChange('Your password has expired', () => attempt.accept());
        return undefined;
      },
    });
    const source = createSshSource(optionsFor(server.port));
    expect(codeOf(await source.connect(never()))).toBe('ssh.passwordExpired');
    expect(codeOf(await source.connect(never()))).toBe('ssh.passwordRefused');
    expect(server.attempts).toEqual(['password']);
  });

  it('says whose password the vault holds back', async () => {
    const server = await start();
    const secrets = () => Promise.resolve(err(appError('ssh.passwordUnanswered')));
    expect(await connect(server.port, { secrets })).toMatchObject({
      error: { code: 'ssh.passwordUnanswered', params: { host: '127.0.0.1', user: 'admin' } },
    });
    expect(server.attempts).toEqual([]);
  });

  it('asks for the password only after the host key was accepted', async () => {
    const server = await start();
    const asked: string[] = [];
    const result = await connect(server.port, {
      verifyHostKey: () =>
        Promise.resolve({
          error: {
            code: 'ssh.hostKeyUnknown',
            retryable: false,
            messageKey: '',
            params: {},
            correlationId: '',
          },
          question: null,
        }),
      secrets: (hop) => {
        asked.push(hop);
        return Promise.resolve(ok('correct horse'));
      },
    });
    expect(codeOf(result)).toBe('ssh.hostKeyUnknown');
    expect(asked).toEqual([]);
    expect(server.attempts).toEqual([]);
  });

  it('tells nobody the password, whatever happens with it', async () => {
    const canary = 'canary-4711';
    const told: unknown[] = [];
    const log = { debug: (...said: unknown[]) => told.push(said) };
    const secrets = () => Promise.resolve(ok(canary));
    for (const accepted of [true, false]) {
      const server = await start({
        ...passwordIs(accepted ? canary : 'x'),
        onCommand: ({ end }) => end(1, canary, canary),
      });
      const result = await connect(server.port, { secrets, log });
      told.push(result.ok ? 'ok' : result.error);
      if (!result.ok) continue;
      told.push(await result.value.readPolicy(never()), await result.value.readFacts(never()));
      await result.value.close();
    }
    expect(told.length).toBeGreaterThan(5);
    expect(JSON.stringify(told)).not.toContain(canary);
  });

  it('survives a vault that breaks', async () => {
    const server = await start();
    const result = await connect(server.port, { secrets: () => Promise.reject(new Error('broken')) });
    expect(codeOf(result)).toBe('app.internal');
    expect(server.attempts).toEqual([]);
  });

  it('has no attempt without a secret', async () => {
    const server = await start();
    const result = await connect(server.port, { secrets: () => Promise.resolve(ok(null)) });
    expect(codeOf(result)).toBe('vault.secretMissing');
    expect(server.attempts).toEqual([]);
  });
});
