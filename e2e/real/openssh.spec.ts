import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { runConnectionCheck } from '../../electron/sources/ssh/connection-check';
import { decideHostKey } from '../../electron/sources/ssh/host-keys';
import { parseKnownHosts } from '../../electron/sources/ssh/known-hosts';
import { createSshSource, type SshSourceOptions } from '../../electron/sources/ssh/ssh-source';
import { never } from '../../electron/sources/ssh/testing/options';
import { eventXml } from '../../electron/sources/ssh/testing/windows-answers';
import type { HostKeyVerdict, PresentedHostKey } from '../../electron/sources/ssh/types';
import type { HostKey } from '../../shared/instance';
import { ok } from '../../shared/result';
import { splitEvents, type WindowsInstance } from './ssh/forced-command';
import { endpointAt, optionsAt } from './ssh/options';
import { generateKey, run, type Sshd, type SshdOptions, startSshd } from './ssh/sshd';

const numbered = (count: number): WindowsInstance => ({
  computer: 'WEB01',
  events: splitEvents(Array.from({ length: count }, (_, index) => eventXml(1000 + index)).join('')),
});

const running: Sshd[] = [];
const start = async (options: SshdOptions = {}): Promise<Sshd> => {
  const sshd = await startSshd({ instances: [numbered(50)], ...options });
  running.push(sshd);
  return sshd;
};
afterEach(async () => {
  for (const sshd of running.splice(0)) await sshd.dispose();
});

const connect = (options: SshSourceOptions) => createSshSource(options).connect(never());

async function codeOf(options: SshSourceOptions): Promise<string> {
  const result = await connect(options);
  if (result.ok) await result.value.close();
  return result.ok ? 'ok' : result.error.code;
}

const request = (limit = 500, afterRecordId = 0) => ({
  channel: 'Security',
  eventIds: [4625, 4740],
  afterRecordId,
  sinceMs: undefined,
  limit,
  signal: never(),
});

describe('OpenSSH: reading', () => {
  it('reads everything over one connection and follows a bookmark', async () => {
    const sshd = await start();
    const session = await connect(optionsAt(sshd));
    if (!session.ok) throw new Error(session.error.code);
    const facts = await session.value.readFacts(never());
    expect(facts).toMatchObject({
      ok: true,
      value: { computer: 'WEB01', defaultShell: 'cmd', elevated: true },
    });
    if (facts.ok) {
      expect(Math.abs(facts.value.clockOffsetMs)).toBeLessThanOrEqual(facts.value.clockUncertaintyMs + 5);
    }
    expect(await session.value.readPolicy(never())).toMatchObject({ ok: true, value: { threshold: 5 } });
    expect(await session.value.readChannelState('Security', never())).toEqual({
      ok: true,
      value: { oldestRecordId: 1000, newestRecordId: 1049, recordCount: 50 },
    });
    const ids: number[] = [];
    const first = await session.value.readEvents(request(30), ({ events }) =>
      ids.push(...events.map((e) => e.recordId)),
    );
    expect(first).toEqual({ ok: true, value: { complete: false, read: 30 } });
    const rest = await session.value.readEvents(request(30, ids.at(-1)), ({ events }) =>
      ids.push(...events.map((e) => e.recordId)),
    );
    expect(rest).toEqual({ ok: true, value: { complete: true, read: 20 } });
    expect(ids).toEqual(Array.from({ length: 50 }, (_, index) => 1000 + index));
    expect(await session.value.readEvents(request(30, 1049), () => undefined)).toEqual({
      ok: true,
      value: { complete: true, read: 0 },
    });
    await session.value.close();
    expect(sshd.log().match(/Accepted publickey/g)).toHaveLength(1);
  });

  it('runs more commands at once than MaxSessions allows, in turn', async () => {
    const sshd = await start();
    const session = await connect(optionsAt(sshd));
    if (!session.ok) throw new Error(session.error.code);
    const { value } = session;
    const results = await Promise.all(Array.from({ length: 40 }, () => value.readPolicy(never())));
    expect(results.filter((result) => !result.ok)).toEqual([]);
    await value.close();
  });

  it('goes on when sshd exchanges the keys anew in the middle of an answer', async () => {
    const sshd = await start({ instances: [numbered(3000)], config: ['RekeyLimit 512K'] });
    let asked = 0;
    const session = await connect(
      optionsAt(sshd, {
        verifyHostKey: () => {
          asked++;
          return Promise.resolve('accept');
        },
      }),
    );
    if (!session.ok) throw new Error(session.error.code);
    let bytes = 0;
    const result = await session.value.readEvents(request(3000), (batch) => {
      bytes += batch.bytes;
    });
    expect(result).toEqual({ ok: true, value: { complete: false, read: 3000 } });
    expect(bytes).toBeGreaterThan(4 * 512 * 1024);
    expect(asked).toBe(1);
    await session.value.close();
  });

  it('passes the connection check', async () => {
    const sshd = await start();
    const report = await runConnectionCheck({ ...optionsAt(sshd), checkId: 'c' }, () => undefined, never());
    expect(report.steps.map((step) => `${step.id} ${step.state}`)).toEqual(
      [
        'name',
        'tcp',
        'hostKey',
        'authentication',
        'shell',
        'eventLog',
        'policy',
        'rights',
        'auditing',
        'clock',
      ].map((id) => `${id} passed`),
    );
  });
});

describe('OpenSSH: the way there', () => {
  it('goes through two real jump hosts, each with its own key', async () => {
    const outer = await start({ instances: [], forwarding: true });
    const inner = await start({ instances: [], forwarding: true });
    const sshd = await start();
    const hosts: string[] = [];
    const options = optionsAt(sshd, {
      jumpHosts: [endpointAt(outer), endpointAt(inner)],
      verifyHostKey: ({ hop }) => {
        hosts.push(hop);
        return Promise.resolve('accept');
      },
    });
    const session = await connect(options);
    if (!session.ok) throw new Error(session.error.code);
    expect(hosts).toEqual(['jump0', 'jump1', 'instance']);
    expect(await session.value.readPolicy(never())).toMatchObject({ ok: true });
    const lost = new Promise<string>((resolve) => session.value.onLost((error) => resolve(error.code)));
    outer.signal('SIGKILL');
    expect(await lost).toBe('net.closed');
    await session.value.close();
  });

  it('says why a jump host does not lead there', async () => {
    const sshd = await start();
    const closed = await start({ instances: [], forwarding: false });
    expect(await codeOf(optionsAt(sshd, { jumpHosts: [endpointAt(closed)] }))).toBe('ssh.forwardRefused');
    const open = await start({ instances: [], forwarding: true });
    const through = { jumpHosts: [endpointAt(open)] };
    const noName = optionsAt(sshd, {
      ...through,
      endpoint: endpointAt(sshd, 0, { host: 'no-such-host.invalid' }),
    });
    expect(await codeOf(noName)).toBe('net.nameNotFound');
    await sshd.stop();
    expect(await codeOf(optionsAt(sshd, through))).toBe('net.refused');
  });
});

describe('OpenSSH: keys and agent', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lockwatch-keys-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(['ed25519', 'rsa', 'ecdsa'])(
    'signs in with an %s key, plain and with a passphrase',
    async (type) => {
      const plain = join(folder, `${type}-plain`);
      const locked = join(folder, `${type}-locked`);
      await generateKey(plain, type);
      await generateKey(locked, type, 'open sesame');
      const authorizedKeys = [
        await readFile(`${plain}.pub`, 'utf8'),
        await readFile(`${locked}.pub`, 'utf8'),
      ];
      const sshd = await start({ authorizedKeys });
      const withKey = (path: string, encrypted: boolean, secret: string | null) =>
        optionsAt(sshd, {
          endpoint: endpointAt(sshd, 0, { authentication: { kind: 'key', path, encrypted } }),
          secrets: () => Promise.resolve(ok(secret)),
        });
      expect(await codeOf(withKey(plain, false, null))).toBe('ok');
      expect(await codeOf(withKey(locked, true, 'open sesame'))).toBe('ok');
      expect(await codeOf(withKey(locked, true, 'wrong'))).toBe('ssh.keyPassphrase');
      expect(await codeOf(withKey(locked, false, null))).toBe('ssh.keyPassphrase');
      expect(await codeOf(withKey(`${plain}.pub`, false, null))).toBe('ssh.keyUnreadable');
      expect(await codeOf(withKey(join(folder, 'none'), false, null))).toBe('ssh.keyUnreadable');
    },
  );

  it('has a key refused once', async () => {
    const stranger = join(folder, 'stranger');
    await generateKey(stranger);
    const sshd = await start();
    const endpoint = endpointAt(sshd, 0, {
      authentication: { kind: 'key', path: stranger, encrypted: false },
    });
    expect(await codeOf(optionsAt(sshd, { endpoint }))).toBe('ssh.keyRefused');
    expect(sshd.log().match(/Failed publickey/g) ?? []).toHaveLength(1);
    expect(sshd.log()).not.toMatch(/Failed (password|none)/);
  });

  it('signs in with a real agent, and says when it holds no key or is not there', async () => {
    const path = join(folder, 'agent.sock');
    const agent = spawn('ssh-agent', ['-D', '-a', path], { stdio: ['ignore', 'pipe', 'ignore'] });
    try {
      await once(agent.stdout, 'data');
      const sshd = await start();
      const options = optionsAt(sshd, {
        endpoint: endpointAt(sshd, 0, { authentication: { kind: 'agent' } }),
        agent: () => path,
      });
      expect(await codeOf(options)).toBe('ssh.agentUnavailable');
      const other = join(folder, 'agent-other');
      await generateKey(other, 'rsa');
      const env = { ...process.env, SSH_AUTH_SOCK: path };
      await run('ssh-add', ['-q', other], { env });
      expect(await codeOf(options)).toBe('ssh.keyRefused');
      await run('ssh-add', ['-q', sshd.keyPath], { env });
      expect(await codeOf(options)).toBe('ok');
      expect(await codeOf({ ...options, agent: () => join(folder, 'no.sock') })).toBe('ssh.agentUnavailable');
      expect(await codeOf({ ...options, agent: () => undefined })).toBe('ssh.agentUnavailable');
    } finally {
      agent.kill('SIGKILL');
    }
  });
});

describe('OpenSSH: host keys', () => {
  const withDecision = (sshd: Sshd, pinned: HostKey | null, knownHosts: string) => {
    const seen: { presented?: PresentedHostKey; verdict?: HostKeyVerdict } = {};
    const options = optionsAt(sshd, {
      verifyHostKey: (presented) => {
        seen.presented = presented;
        seen.verdict = decideHostKey({
          instanceId: null,
          presented,
          pinned,
          knownHosts: parseKnownHosts(knownHosts),
        });
        return Promise.resolve(seen.verdict);
      },
    });
    return { options, seen };
  };
  const questionOf = (verdict: HostKeyVerdict | undefined) =>
    verdict && verdict !== 'accept' ? verdict.question : undefined;

  it('reads what ssh-keyscan and ssh write, hashed or not, and asks all the same', async () => {
    const sshd = await start();
    const port = String(sshd.port);
    const plain = (await run('ssh-keyscan', ['-p', port, '127.0.0.1'])).stdout;
    const hashed = (await run('ssh-keyscan', ['-H', '-p', port, '127.0.0.1'])).stdout;
    const file = join(sshd.directory, 'known_hosts');
    const ssh = ['-F', 'none', '-i', sshd.keyPath, '-p', port, '-o', `UserKnownHostsFile=${file}`];
    const flags = [
      '-o',
      'StrictHostKeyChecking=accept-new',
      '-o',
      'HashKnownHosts=yes',
      '-o',
      'BatchMode=yes',
    ];
    await run('ssh', [...ssh, ...flags, `${sshd.user}@127.0.0.1`, 'wevtutil gli Security']);
    const written = await readFile(file, 'utf8');
    expect(written).toMatch(/^\|1\|/);
    for (const text of [plain, hashed, written]) {
      const { options, seen } = withDecision(sshd, null, text);
      expect(await codeOf(options)).toBe('ssh.hostKeyUnknown');
      expect(questionOf(seen.verdict)?.knownHosts).toBe('matches');
    }
    const shown = (await run('ssh-keygen', ['-l', '-f', join(sshd.directory, 'host_key.pub')])).stdout;
    const { options, seen } = withDecision(sshd, null, '');
    await codeOf(options);
    expect(shown.split(' ')[1]).toBe(questionOf(seen.verdict)?.key.fingerprint);
  });

  it('accepts the pinned key, and stops at another one before it authenticates', async () => {
    const sshd = await start();
    const scanned = (await run('ssh-keyscan', ['-p', String(sshd.port), '127.0.0.1'])).stdout;
    const first = withDecision(sshd, null, '');
    await codeOf(first.options);
    const pinned = questionOf(first.seen.verdict)?.key ?? null;
    expect(await codeOf(withDecision(sshd, pinned, '').options)).toBe('ok');
    const revoked = scanned.replace(/^\[/gm, '@revoked [');
    expect(await codeOf(withDecision(sshd, pinned, revoked).options)).toBe('ssh.hostKeyRevoked');
    await sshd.restart({ newHostKey: true });
    const before = sshd.log().length;
    const changed = withDecision(sshd, pinned, scanned);
    expect(await codeOf(changed.options)).toBe('ssh.hostKeyChanged');
    expect(questionOf(changed.seen.verdict)).toMatchObject({ pinned, knownHosts: 'differs' });
    expect(sshd.log().slice(before)).not.toMatch(/Accepted|Failed/);
  });
});

describe('OpenSSH: faults', () => {
  it('keeps what was whole when sshd is killed in the middle of an answer', async () => {
    const sshd = await start({ instances: [{ ...numbered(50), hangAfterBytes: 40_000 }] });
    const session = await connect(optionsAt(sshd));
    if (!session.ok) throw new Error(session.error.code);
    const lost = new Promise<string>((resolve) => session.value.onLost((error) => resolve(error.code)));
    const ids: number[] = [];
    const cancelled = new AbortController();
    const reading = session.value.readEvents({ ...request(), signal: cancelled.signal }, ({ events }) =>
      ids.push(...events.map((event) => event.recordId)),
    );
    await waitForChild(sshd, 'print-events');
    sshd.signal('SIGKILL');
    expect(await reading).toMatchObject({ ok: false, error: { code: 'net.closed' } });
    expect(await lost).toBe('net.closed');
    expect(ids).toEqual(ids.map((_, index) => 1000 + index));
    await session.value.close();
    await sshd.setInstance(0, numbered(50));
    await sshd.restart();
    const again = await connect(optionsAt(sshd));
    if (!again.ok) throw new Error(again.error.code);
    await again.value.readEvents(request(500, ids.at(-1) ?? 0), ({ events }) =>
      ids.push(...events.map((event) => event.recordId)),
    );
    expect(ids).toEqual(Array.from({ length: 50 }, (_, index) => 1000 + index));
    await again.value.close();
  });

  it('notices a stopped sshd by its keepalive, while connecting by its timeout', async () => {
    const sshd = await start();
    const session = await connect(optionsAt(sshd, { timeouts: { keepaliveMs: 100, keepaliveCount: 3 } }));
    if (!session.ok) throw new Error(session.error.code);
    const lost = new Promise<string>((resolve) => session.value.onLost((error) => resolve(error.code)));
    sshd.signal('SIGSTOP');
    try {
      const reading = session.value.readPolicy(never());
      expect(await lost).toBe('net.timeout');
      expect(await reading).toMatchObject({ ok: false, error: { code: 'net.timeout' } });
      expect(await codeOf(optionsAt(sshd, { timeouts: { handshakeMs: 300 } }))).toBe('net.timeout');
    } finally {
      sshd.signal('SIGCONT');
    }
    await session.value.close();
    expect(await codeOf(optionsAt(sshd))).toBe('ok');
  });
});

/** Waits until a process whose command line has this in it runs under the server. */
async function waitForChild(sshd: Sshd, name: string): Promise<void> {
  for (;;) {
    for (const pid of sshd.pids()) {
      const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
      if (line.includes(name)) return;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}
