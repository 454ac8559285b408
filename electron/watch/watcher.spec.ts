import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AppError } from '../../shared/errors';
import type { WatchLevel } from '../../shared/instance';
import { ok } from '../../shared/result';
import { defaultSettings, type Settings } from '../../shared/settings';
import { TICKS_PER_SECOND } from '../../shared/time';
import { instanceStatus } from '../lockout';
import type { InstanceModel } from '../lockout/types';
import { sampleId, sampleProfile } from '../profiles/testing/sample-profile';
import { type EvidenceStore, openEvidenceStore } from '../storage/evidence-store';
import { must, temporaryFolder } from '../storage/testing/make-records';
import { InstanceEvidence } from './instance-evidence';
import { createLimiter } from './limiter';
import type { WatcherReport } from './protocol';
import { readingTime } from './readings';
import { createFakeClock, type FakeClock, settle } from './testing/fake-clock';
import { FakeInstance } from './testing/fake-instance';
import { TUNING } from './tuning';
import { Watcher } from './watcher';

const id = sampleId(1);
let folder: ReturnType<typeof temporaryFolder>;
let clock: FakeClock;
let store: EvidenceStore;
let instance: FakeInstance;
let settings: Settings;
const running: Watcher[] = [];

beforeEach(() => {
  folder = temporaryFolder();
  clock = createFakeClock();
  store = openStore();
  instance = new FakeInstance(clock);
  settings = defaultSettings;
});

afterEach(async () => {
  for (const watcher of running.splice(0)) await watcher.stop();
  store.close();
  folder.remove();
});

const openStore = () =>
  must(openEvidenceStore(`${folder.path}/evidence.db`, { now: () => clock.now() })).store;

async function watch(level: WatchLevel = 'normal', random = () => 0.5) {
  const evidence = new InstanceEvidence(id, store, () => clock.now());
  expect(await evidence.open(async () => undefined)).toEqual(ok(null));
  const seen: { report: WatcherReport; model: InstanceModel }[] = [];
  const storeErrors: (AppError | null)[] = [];
  const profile = sampleProfile(1);
  const watcher = new Watcher({
    target: {
      id,
      level,
      membership: 'standalone',
      endpoint: profile.ssh,
      jumpHosts: [],
      pins: [],
    },
    evidence,
    connect: (signal) => instance.connect(signal),
    question: () => null,
    clock,
    random,
    connecting: createLimiter(4),
    settings: () => settings,
    onChange: (report, model) => seen.push({ report, model }),
    onStore: (error) => storeErrors.push(error),
  });
  running.push(watcher);
  watcher.start();
  await settle();
  const last = () => {
    const entry = seen.at(-1);
    if (!entry) throw new Error('nothing was told');
    return entry;
  };
  const status = () => {
    const { report, model } = last();
    const checkedAt = report.checkedAtMs === null ? null : readingTime(model, report.checkedAtMs);
    return instanceStatus(
      model,
      { checkedAt, maxAge: 120n * TICKS_PER_SECOND },
      readingTime(model, clock.now()),
    );
  };
  const accountState = (name: string) =>
    status().accounts.find((account) => account.ref.name === name)?.state;
  return { watcher, evidence, seen, last, status, accountState, storeErrors };
}

const storedIds = () =>
  must(
    store.queries.page({ instanceId: id, kinds: null, account: null, text: null, before: null, limit: 500 }),
  ).rows.map((row) => row.recordId);

describe('a watcher', () => {
  it('reads what there is and follows', async () => {
    instance.fail();
    instance.fail();
    const { last, accountState, seen } = await watch();
    expect(last().report).toMatchObject({
      connection: 'following',
      failure: null,
      eventsStored: 2,
      computer: 'WEB-1',
    });
    expect(accountState('anna')).toBe('counting');
    expect(accountState('Administrator')).toBe('clear');
    for (let failure = 0; failure < 3; failure += 1) instance.fail();
    instance.lock();
    await clock.advance(5_000);
    expect(accountState('anna')).toBe('locked');
    expect(seen.map(({ report }) => report.connection)).toEqual(
      expect.arrayContaining(['connecting', 'following']),
    );
  });

  it.each([120, 20])(
    'reads accounts before they are stale where auditing is off (stale after %i s)',
    async (seconds) => {
      instance.auditing = 'none';
      settings = {
        ...defaultSettings,
        staleAfterSeconds: seconds,
        pollSeconds: { ...defaultSettings.pollSeconds, relaxed: 300 },
      };
      const { model } = (await watch('relaxed')).last();
      expect(model.auditing).toMatchObject({ logonFailure: false });
      await clock.advance(10 * 60_000);
      const waits = instance.accountReadsMs
        .slice(1)
        .map((ms, index) => ms - (instance.accountReadsMs[index] ?? 0));
      expect(Math.max(...waits)).toBe(Math.min(45_000, (seconds * 1000) / 2));
      expect(instance.accountReadsMs.at(-1)).toBeGreaterThan(clock.now() - 45_000);
    },
  );

  it('never calls an instance with auditing off clear on a reading that is too old', async () => {
    instance.auditing = 'none';
    const { status } = await watch();
    expect(status().state).toBe('clear');
    await clock.advance(10 * 60_000);
    expect(status().state).toBe('clear');
    expect(status().reasons).toEqual([{ key: 'lockout.reason.failuresNotAudited', params: {} }]);
    instance.faults.accounts = 'windows.accessDenied';
    await clock.advance(3 * 60_000);
    expect(status()).toMatchObject({ state: 'unknown', stale: false });
    expect(status().accounts.map(({ badPasswordCount }) => badPasswordCount)).toEqual([null, null]);
  });

  it('asks every 5 s, faster while something happens, slower when nothing has for long', async () => {
    await watch();
    const security = () => instance.reads.filter((read) => read.channel === 'Security').length;
    const during = async (ms: number) => {
      const before = security();
      await clock.advance(ms);
      return security() - before;
    };
    expect(await during(60_000)).toBe(12);
    instance.fail();
    await clock.advance(5_000);
    expect(await during(30_000)).toBe(15);
    await clock.advance(31 * 60_000);
    expect(await during(60_000)).toBe(4);
  });

  it('goes on from its bookmark after a restart and counts nothing twice', async () => {
    instance.fail();
    const first = await watch();
    await first.watcher.stop();
    expect(first.last().report.connection).toBe('stopped');
    instance.fail();
    store.close();
    store = openStore();
    const { evidence, last } = await watch();
    expect(last().report.eventsStored).toBe(2);
    expect(evidence.model.eventsApplied).toBe(2);
    expect(evidence.model.accounts.get('anna')?.state.badPasswordCount).toBe(2);
  });

  it('folds again what was stored after the model was last saved', async () => {
    const evidence = new InstanceEvidence(id, store, () => clock.now());
    await evidence.open(async () => undefined);
    const nothing = { bookmarks: new Map(), broken: [], brokenCount: 0 };
    evidence.take({ ...nothing, events: [instance.fail()] });
    const saved = must(store.model(id));
    evidence.take({ ...nothing, events: [instance.fail(), instance.fail()] });
    expect(must(store.model(id))).toEqual(saved);
    const again = new InstanceEvidence(id, store, () => clock.now());
    await again.open(async () => undefined);
    expect(again.model).toEqual(evidence.model);
    expect(again.model.accounts.get('anna')?.failuresCounted).toBe(3);
  });

  it('gives a failure the address that another channel tells', async () => {
    instance.fail('anna', '-', {});
    instance.log(
      140,
      { IPString: '203.0.113.99' },
      { channel: 'Microsoft-Windows-RemoteDesktopServices-RdpCoreTS/Operational', recordId: 7 },
    );
    await watch();
    const [row] = must(
      store.queries.page({
        instanceId: id,
        kinds: ['failure'],
        account: null,
        text: null,
        before: null,
        limit: 5,
      }),
    ).rows;
    expect(row).toMatchObject({ address: '203.0.113.99', kind: 'failure' });
    expect(row?.addressInferredFrom).toContain('140');
  });

  it('reads the other channels only when a failure lacks its address, or now and then', async () => {
    await watch();
    const others = () => instance.reads.filter((read) => read.channel !== 'Security').length;
    const before = others();
    instance.fail();
    await clock.advance(60_000);
    expect(others()).toBe(before);
    instance.fail('anna', '-');
    await clock.advance(5_000);
    expect(others()).toBeGreaterThan(before);
  });
});

describe('a long log', () => {
  it('shows the lock of now within the first readings, while the log is still being read', async () => {
    for (let count = 0; count < 7_000; count += 1) instance.fail('nobody-here', '203.0.113.8');
    instance.lock('anna');
    const { seen } = await watch();
    await clock.advance(1_000);
    const early = seen.find(({ report, model }) => {
      const checkedAt = report.checkedAtMs === null ? null : readingTime(model, report.checkedAtMs);
      const freshness = { checkedAt, maxAge: 120n * TICKS_PER_SECOND };
      return instanceStatus(model, freshness, readingTime(model, clock.now())).state === 'locked';
    });
    expect(early?.report.eventsStored).toBe(0);
    const catching = seen.filter(({ report }) => report.connection === 'catchingUp');
    expect(catching.some(({ report }) => report.catchUpProgress !== null && report.catchUpProgress < 1)).toBe(
      true,
    );
    expect(catching.at(-1)?.model.accounts.get('anna')?.state.lock?.proof).toBe('event');
    const end = seen.at(-1);
    expect(end?.report).toMatchObject({
      connection: 'following',
      catchUpProgress: null,
      eventsStored: 7_001,
    });
    expect(end?.model.eventsApplied).toBe(7_001);
  });

  it('reads back 24 hours the first time', async () => {
    await watch();
    expect(instance.reads.find((read) => read.channel === 'Security')).toMatchObject({
      after: undefined,
      since: 24 * 60 * 60_000,
    });
  });
});

describe('when something is wrong with the log', () => {
  it('cleared between two polls: what was there is kept, the rest is in doubt', async () => {
    instance.fail();
    const { evidence, last } = await watch();
    instance.fail();
    instance.clear();
    instance.fail();
    await clock.advance(5_000);
    expect(evidence.model.gaps.map((gap) => gap.reason)).toContain('logCleared');
    expect(last().report.eventsStored).toBe(3);
    expect(evidence.model.accounts.get('anna')?.failuresCounted).toBe(2);
  });

  it('overwritten while we were away: records are missing', async () => {
    instance.fail();
    const first = await watch();
    await first.watcher.stop();
    for (let count = 0; count < 10; count += 1) instance.fail();
    instance.keepNewest(3);
    const { evidence } = await watch();
    expect(evidence.model.gaps.map((gap) => gap.reason)).toContain('recordsMissing');
    expect(evidence.eventsStored).toBe(4);
  });

  it('record ids going backwards: a new log is read from its start, nothing is counted twice', async () => {
    instance.fail();
    instance.fail();
    const { evidence } = await watch();
    instance.rebuild();
    await clock.advance(10_000);
    instance.fail();
    await clock.advance(TUNING.channelEveryMs + 10_000);
    expect(evidence.model.gaps.filter((gap) => gap.reason === 'logRebuilt')).toHaveLength(1);
    expect(evidence.eventsStored).toBe(3);
    expect(evidence.model.accounts.get('anna')?.failuresCounted).toBe(3);
    instance.fail();
    await clock.advance(20_000);
    expect(evidence.eventsStored).toBe(4);
    expect(evidence.model.gaps.filter((gap) => gap.reason === 'logRebuilt')).toHaveLength(1);
  });

  it('a clock ten minutes off: the status is judged by the instance clock, and the admin is told', async () => {
    instance.clockOffsetMs = 10 * 60_000;
    for (let count = 0; count < 3; count += 1) instance.fail();
    const { accountState, last } = await watch();
    expect(accountState('anna')).toBe('counting');
    expect(last().report).toMatchObject({
      clockOffsetMs: 600_000,
      doubts: [{ key: 'watch.doubt.clockOff', params: { minutes: 10 } }],
    });
  });

  it('a clock set back: it is read again soon', async () => {
    const { last } = await watch();
    instance.fail();
    instance.clockOffsetMs = -10 * 60_000;
    instance.fail();
    await clock.advance(20_000);
    expect(last().report.clockOffsetMs).toBe(-600_000);
    expect(last().report.doubts.map((doubt) => doubt.key)).toContain('watch.doubt.clockMoved');
  });

  it('broken records: counted once, however often they are read', async () => {
    const event = instance.fail();
    instance.broken = [{ after: event.recordId, excerpt: '<Event broken' }];
    const { last } = await watch();
    await clock.advance(60_000);
    expect(last().report).toMatchObject({ brokenRecords: 1, eventsStored: 1, connection: 'following' });
    expect(must(store.queries.broken(id))).toHaveLength(1);
  });

  it('a channel that does not exist is left alone', async () => {
    instance.faults.channels = new Set(['Security']);
    instance.fail('anna', '-');
    const { last } = await watch();
    expect(last().report).toMatchObject({ connection: 'following', failure: null });
    const reads = instance.reads.filter((read) => read.channel !== 'Security').length;
    instance.fail('anna', '-');
    await clock.advance(10_000);
    expect(instance.reads.filter((read) => read.channel !== 'Security')).toHaveLength(reads);
  });

  it('accounts that cannot be read: a doubt, not a failure', async () => {
    instance.faults.accounts = 'windows.accessDenied';
    const { last } = await watch();
    expect(last().report).toMatchObject({ connection: 'following', failure: null });
    expect(last().report.doubts).toContainEqual({
      key: 'watch.doubt.accountsUnreadable',
      params: { code: 'windows.accessDenied' },
    });
  });

  it('a Security log that may not be read: said, and tried again slowly', async () => {
    instance.faults.events = 'windows.accessDenied';
    const { last, status } = await watch();
    expect(last().report).toMatchObject({ connection: 'waiting', failure: { code: 'windows.accessDenied' } });
    await clock.advance(5 * 60_000);
    expect(instance.connects).toBe(1);
    expect(status().state).toBe('unknown');
    instance.faults = {};
    await clock.advance(10 * 60_000);
    expect(last().report.connection).toBe('following');
  });
});

describe('when the connection fails', () => {
  it('backs off with jitter, and becomes unknown', async () => {
    instance.faults.connect = 'net.refused';
    const { last, status } = await watch('normal', () => 0);
    expect(last().report).toMatchObject({ connection: 'waiting', failure: { code: 'net.refused' } });
    expect(last().report.nextAttemptAtMs).toBe(clock.now() + 1_000);
    await clock.advance(60_000);
    expect(instance.connects).toBe(6);
    expect(status().state).toBe('unknown');
    instance.faults = {};
    await clock.advance(60_000);
    expect(last().report).toMatchObject({ connection: 'following', failure: null });
    expect(status().state).toBe('clear');
  });

  it('a server that accepts and hangs', async () => {
    instance.faults.hangConnect = true;
    const { last } = await watch();
    await clock.advance(TUNING.connectMs);
    expect(last().report).toMatchObject({ connection: 'waiting', failure: { code: 'net.timeout' } });
  });

  it('a server that hangs in the middle of an answer', async () => {
    const { last } = await watch();
    instance.faults.hangEvents = true;
    await clock.advance(TUNING.eventsMs + 10_000);
    expect(last().report).toMatchObject({ failure: { code: 'net.timeout' } });
    instance.faults = {};
    instance.fail();
    await clock.advance(TUNING.eventsMs + 60_000);
    expect(last().report).toMatchObject({ connection: 'following', eventsStored: 1 });
    expect(instance.open).toBe(1);
  });

  it('a server that drops in the middle of an answer: what came is kept, the rest follows once', async () => {
    const { last, evidence } = await watch();
    for (let count = 0; count < 10; count += 1) instance.fail();
    instance.faults.dropAfter = 4;
    await clock.advance(5_000);
    expect(last().report).toMatchObject({
      connection: 'waiting',
      failure: { code: 'net.closed' },
      eventsStored: 4,
    });
    instance.faults = {};
    await clock.advance(10_000);
    expect(last().report).toMatchObject({ connection: 'following', eventsStored: 10 });
    expect(evidence.model.accounts.get('anna')?.failuresCounted).toBe(10);
    expect(new Set(storedIds()).size).toBe(10);
  });

  it.each([
    'ssh.hostKeyChanged',
    'ssh.hostKeyUnknown',
    'ssh.passwordRefused',
    'ssh.keyRefused',
    'vault.secretMissing',
  ] as const)('%s: waits for the admin, for ever', async (code) => {
    instance.faults.connect = code;
    const { watcher, last } = await watch();
    await clock.advance(24 * 60 * 60_000);
    watcher.refresh();
    watcher.suspend();
    watcher.resume();
    await clock.advance(60 * 60_000);
    expect(instance.connects).toBe(1);
    expect(last().report).toMatchObject({
      connection: 'needsAdmin',
      failure: { code },
      nextAttemptAtMs: null,
    });
    instance.faults = {};
    watcher.reconnect();
    await settle();
    expect(instance.connects).toBe(2);
    expect(last().report).toMatchObject({ connection: 'following', failure: null });
  });

  it('stops cleanly, whatever it is doing', async () => {
    instance.faults.hangConnect = true;
    const { watcher } = await watch();
    await watcher.stop();
    expect(clock.nextDue()).toBeUndefined();
    instance.faults = {};
    const second = await watch();
    expect(instance.open).toBe(1);
    await second.watcher.stop();
    expect(instance.open).toBe(0);
    expect(clock.nextDue()).toBeUndefined();
  });
});

describe('a bug of ours', () => {
  it('ends in a clear state of this instance, and is tried again', async () => {
    const { last } = await watch();
    const append = store.appendBatch.bind(store);
    store.appendBatch = () => {
      throw new Error('canary');
    };
    instance.fail();
    await clock.advance(5_000);
    expect(last().report).toMatchObject({ connection: 'waiting', failure: { code: 'app.internal' } });
    expect(JSON.stringify(last().report)).not.toContain('canary');
    expect(instance.open).toBe(0);
    store.appendBatch = append;
    await clock.advance(15 * 60_000);
    expect(last().report).toMatchObject({ connection: 'following', failure: null, eventsStored: 1 });
  });
});

describe('a full disk', () => {
  it('pauses without moving the bookmark, says so, and goes on by itself', async () => {
    const { last, storeErrors, evidence, status } = await watch();
    const append = store.appendBatch.bind(store);
    const full = {
      ok: false,
      error: { code: 'file.diskFull', retryable: true, messageKey: '', params: {}, correlationId: '' },
    } as const;
    store.appendBatch = () => full;
    instance.fail();
    await clock.advance(5_000);
    expect(last().report.failure?.code).toBe('file.diskFull');
    expect(storeErrors.at(-1)?.code).toBe('file.diskFull');
    instance.fail();
    await clock.advance(5 * 60_000);
    expect(evidence.eventsStored).toBe(0);
    expect(status().state).toBe('unknown');
    store.appendBatch = append;
    await clock.advance(TUNING.storeAgainMs);
    expect(last().report).toMatchObject({ failure: null, eventsStored: 2 });
    expect(storeErrors.at(-1)).toBeNull();
    expect(evidence.model.accounts.get('anna')?.failuresCounted).toBe(2);
  });
});

describe('sleep and wake', () => {
  it('closes the connection, does nothing while asleep, and checks again with jitter', async () => {
    const { watcher, last, evidence } = await watch();
    watcher.suspend();
    await settle();
    expect(instance.open).toBe(0);
    expect(last().report).toMatchObject({ connection: 'waiting', nextAttemptAtMs: null, failure: null });
    instance.fail();
    clock.jump(8 * 60 * 60_000);
    await clock.advance(60_000);
    expect(instance.connects).toBe(1);
    watcher.resume();
    await settle();
    expect(last().report.nextAttemptAtMs).toBe(clock.now() + 2_500);
    expect(instance.connects).toBe(1);
    await clock.advance(2_500);
    expect(last().report).toMatchObject({ connection: 'following', eventsStored: 1 });
    expect(evidence.model.eventsApplied).toBe(1);
  });
});
