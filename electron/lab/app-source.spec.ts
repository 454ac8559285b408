import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHANNELS, type EventRecord } from '../../shared/evidence';
import type { Result } from '../../shared/result';
import type { InstanceSession } from '../sources/source';
import { createSshSource } from '../sources/ssh/ssh-source';
import { systemClock } from './clock';
import { type Estate, startEstate } from './estate';
import { fingerprintOf } from './keys';

/** The app's own source, as the app uses it: here it meets the stand-in for the first time. */
let dataDir = '';
let estate: Estate;
const never = new AbortController().signal;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'lockwatch-lab-source-'));
  estate = await startEstate({ dataDir });
});
afterAll(async () => {
  await estate.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};

async function withSession(
  name: string,
  use: (session: InstanceSession) => Promise<void>,
  through: readonly string[] = [],
): Promise<void> {
  const hops = [...through, name].map((wanted) => {
    const found = estate.endpoints().find((one) => one.name === wanted);
    if (!found) throw new Error(wanted);
    return found;
  });
  const endpoints = hops.map(({ host, port, user, privateKeyPath }) => ({
    host,
    port,
    user,
    authentication: { kind: 'key' as const, path: privateKeyPath, encrypted: false },
  }));
  const endpoint = endpoints.at(-1);
  if (!endpoint) throw new Error(name);
  const source = createSshSource({
    endpoint,
    jumpHosts: endpoints.slice(0, -1),
    secrets: () => Promise.reject(new Error('no secret is needed')),
    verifyHostKey: ({ keyBlob, port }) => {
      const expected = hops.find((hop) => hop.port === port)?.hostKeyFingerprint;
      expect(fingerprintOf(Buffer.from(keyBlob))).toBe(expected);
      return Promise.resolve('accept');
    },
    log: { debug: () => undefined },
    clock: systemClock,
  });
  const session = must(await source.connect(never));
  try {
    await use(session);
  } finally {
    await session.close();
  }
}

describe.each([
  ['web-01', 'cmd'],
  ['ssh-04', 'powershell'],
] as const)("the app's SSH source on %s, whose default shell is %s", (name, shell) => {
  it('reads who the instance is, its policy, its accounts and its auditing', async () => {
    await withSession(name, async (session) => {
      const { windows } = estate.instance(name);
      const facts = must(await session.readFacts(never));
      expect(facts).toMatchObject({
        computer: windows.computer,
        defaultShell: shell,
        elevated: true,
        domain: null,
      });
      expect(Math.abs(facts.clockOffsetMs)).toBeLessThan(5_000);
      expect(must(await session.readPolicy(never))).toMatchObject({
        threshold: 10,
        observationWindow: 6_000_000_000n,
        lockoutDuration: 6_000_000_000n,
        lockoutAdmins: true,
      });
      const accounts = must(await session.readAccounts(never));
      expect(accounts.map((account) => account.name)).toEqual(
        windows.sam.accounts().map((account) => account.name),
      );
      expect(must(await session.readAuditing(never))).toEqual({
        logon: 'both',
        accountLockout: 'both',
        userAccountManagement: 'both',
        credentialValidation: 'both',
      });
    });
  });

  it('reads every event of a channel once, in pages, and the span of the channel', async () => {
    await withSession(name, async (session) => {
      const { windows } = estate.instance(name);
      const held = () => windows.log('Security')?.events() ?? [];
      const span = must(await session.readChannelState(CHANNELS.security, never));
      expect(span.oldestRecordId).toBe(held()[0]?.recordId);
      const seen: EventRecord[] = [];
      let after = 0;
      for (let read = 1; read > 0; ) {
        const request = {
          channel: CHANNELS.security,
          eventIds: [4625, 4740],
          afterRecordId: after,
          sinceMs: undefined,
          limit: 100,
          signal: never,
        };
        read = 0;
        const done = must(
          await session.readEvents(request, ({ events, broken }) => {
            expect(broken.count).toBe(0);
            seen.push(...events);
          }),
        );
        read = done.read;
        after = seen.at(-1)?.recordId ?? after;
      }
      const expected = held().filter(
        ({ eventId, recordId }) => [4625, 4740].includes(eventId) && recordId <= after,
      );
      expect(expected.length).toBeGreaterThan(100);
      expect(seen.map((event) => [event.recordId, event.eventId, event.time, event.data])).toEqual(
        expected.map((event) => [event.recordId, event.eventId, event.time, event.data]),
      );
    });
  });

  it('tells a channel that is denied from one that is missing', async () => {
    await withSession(name, async (session) => {
      await estate.trigger({ kind: 'denySecurityLog', instance: name });
      const denied = await session.readChannelState(CHANNELS.security, never);
      await estate.trigger({ kind: 'recover', instance: name });
      const missing = await session.readChannelState('Nope/Operational', never);
      expect([denied, missing].map((result) => (result.ok ? 'ok' : result.error.code))).toEqual([
        'windows.accessDenied',
        'windows.channelMissing',
      ]);
    });
  });
});

describe("the app's SSH source on db-03", () => {
  it('goes through two practice instances as jump hosts', async () => {
    const read = async (session: InstanceSession) => {
      expect(must(await session.readFacts(never)).computer).toBe('LAB-DB-03');
    };
    await withSession('db-03', read, ['web-01', 'ssh-04']);
  });

  it('counts broken records and reads those around them', async () => {
    const { windows } = estate.instance('db-03');
    const before = windows.log('Security')?.events().at(-1)?.recordId ?? 0;
    await estate.trigger({ kind: 'brokenRecords', instance: 'db-03' });
    windows.resetPassword('dba', 'new', 'Administrator');
    await withSession('db-03', async (session) => {
      const found: number[] = [];
      let broken = 0;
      const request = {
        channel: CHANNELS.security,
        eventIds: [],
        afterRecordId: before,
        sinceMs: undefined,
        limit: 100,
        signal: never,
      };
      must(
        await session.readEvents(request, (batch) => {
          found.push(...batch.events.map((event) => event.eventId));
          broken += batch.broken.count;
        }),
      );
      expect(found).toContain(4724);
      expect(broken).toBeGreaterThanOrEqual(2);
    });
  });
});
