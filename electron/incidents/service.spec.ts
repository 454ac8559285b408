import { beforeEach, describe, expect, it } from 'vitest';
import type { InstanceView } from '../../shared/account-status';
import type { IncidentEvidence, IncidentEvidenceQuery, IncidentSummary } from '../../shared/incident';
import { createTranslator } from '../../shared/messages/format';
import { ok } from '../../shared/result';
import type { Notice } from '../../shared/snapshot';
import { sampleAccount } from '../desktop/testing/sample-view';
import { createMemoryFiles, type MemoryFiles } from '../profiles/testing/memory-files';
import { createFakeClock, type FakeClock, settle } from '../watch/testing/fake-clock';
import { createIncidentService } from './service';
import { createIncidentStore } from './store/store';
import { attacked, INSTANCE, locked, MINUTE, NOW, viewOf } from './testing/sample-view';
import type { IncidentService } from './types';

const say = createTranslator('en');
let files: MemoryFiles;
let clock: FakeClock;
let ids: number;
let asked: IncidentEvidenceQuery[];
let notices: readonly Notice[];
let closed: [IncidentSummary, 'proof' | 'hand'][];

const evidenceOf = (failures: number): IncidentEvidence => ({
  failures,
  addresses: 2,
  sources: [
    {
      address: '203.0.113.5',
      workstation: 'KIOSK',
      inferred: false,
      scope: 'internet',
      failures,
      accounts: ['alice'],
      firstMs: NOW - MINUTE,
      lastMs: NOW,
    },
  ],
  timeline: {
    fromMs: NOW - MINUTE,
    toMs: NOW,
    bucketMs: 1000,
    counted: [failures],
    notCounted: [0],
    marks: [],
  },
});
let evidence: IncidentEvidence;

function make(): IncidentService {
  return createIncidentService({
    store: createIncidentStore({ folder: '/data/incidents', files, now: () => clock.now() }),
    clock,
    newId: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
    nameOf: () => 'web-1',
    admin: () => 'maria',
    say: ({ key, params }) => say(key, params),
    evidence: async (query) => {
      asked.push(query);
      return ok(evidence);
    },
    onNotices: (raised) => {
      notices = raised;
    },
    onClosed: (incident, by) => closed.push([incident, by]),
  });
}

beforeEach(() => {
  files = createMemoryFiles();
  clock = createFakeClock(NOW);
  ids = 0;
  asked = [];
  notices = [];
  closed = [];
  evidence = evidenceOf(12);
});

async function started(views: readonly InstanceView[] = []): Promise<IncidentService> {
  const service = make();
  await service.start();
  service.views(views);
  await settle();
  return service;
}

const onlyOne = (service: IncidentService): IncidentSummary => {
  const [incident, ...others] = service.open();
  if (!incident || others.length > 0) throw new Error(`${service.open().length} open incidents`);
  return incident;
};

describe('the incidents’ service', () => {
  it('opens an incident, counts its failures, and has it on the disk at once', async () => {
    const service = await started([viewOf([locked('alice', NOW)])]);
    const incident = onlyOne(service);
    expect(incident).toMatchObject({
      instanceName: 'web-1',
      focusAccountKey: 'alice',
      failures: 12,
      addresses: 2,
      accounts: [{ key: 'alice', name: 'alice', everLocked: true }],
    });
    expect(files.contents.get(`/data/incidents/${incident.id}.json`)).toContain('"version": 1');
    expect(asked).toMatchObject([{ id: INSTANCE, accounts: ['alice'], except: [] }]);
  });

  it('is as it was after the app was killed at any moment', async () => {
    const service = await started([viewOf([locked('alice', NOW)])]);
    const { id } = onlyOne(service);
    await service.addNote(id, 'called Alice');
    await service.saveMemory(id, { ticked: ['isolated'], atMs: 5 });
    service.addLine(id, { kind: 'step', atMs: NOW, who: 'maria', text: { key: 'x', params: {} } });
    await settle();
    const again = make();
    await again.start();
    expect(again.memoryOf(id)).toEqual({ ticked: ['isolated'], atMs: 5 });
    const record = await again.record(id);
    if (!record.ok) throw new Error(record.error.code);
    expect(record.value.entries.map(({ kind, note }) => note ?? kind)).toEqual([
      'evidence',
      'called Alice',
      'step',
    ]);
    again.views([viewOf([locked('alice', NOW)])]);
    await settle();
    expect(again.open().map((one) => one.id)).toEqual([id]);
    const after = await again.record(id);
    expect(after.ok && after.value.entries).toHaveLength(3);
  });

  it('has written everything when it has ended', async () => {
    const service = make();
    await service.start();
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { writeAtomic } = files;
    files.writeAtomic = async (path, text) => {
      await held;
      return writeAtomic(path, text);
    };
    service.views([viewOf([locked('alice', NOW)])]);
    const ended = service.dispose().then(() => files.contents.size);
    await settle();
    release();
    expect(await ended).toBe(1);
  });

  it('looks at what it was given before its files were read', async () => {
    const service = make();
    service.views([viewOf([locked('alice', NOW)])]);
    service.fact({
      kind: 'ctrlAltDelSent',
      instanceId: INSTANCE,
      atMs: NOW,
      who: 'maria',
      accountKey: null,
      text: { key: 'x', params: {} },
    });
    expect(service.open()).toEqual([]);
    await service.start();
    await settle();
    expect(service.open()).toHaveLength(1);
  });

  it('freezes sources and timeline when it is closed', async () => {
    const service = await started([viewOf([locked('alice', NOW)])]);
    const { id } = onlyOne(service);
    evidence = evidenceOf(100);
    await clock.advance(10_000);
    expect(await service.close(id, 'hand')).toMatchObject({ ok: true });
    evidence = evidenceOf(0);
    const record = await service.record(id);
    expect(record).toMatchObject({
      ok: true,
      value: {
        summary: { state: 'closed', closedBy: 'hand', failures: 100 },
        sources: [{ address: '203.0.113.5', failures: 100 }],
        timeline: { counted: [100] },
      },
    });
    expect(closed).toMatchObject([[{ id, state: 'closed' }, 'hand']]);
    expect(service.open()).toEqual([]);
    expect(service.recent().map((one) => one.id)).toEqual([id]);
    await clock.advance(8 * 24 * 60 * MINUTE);
    expect(service.recent()).toEqual([]);
    expect(service.get(id)).toMatchObject({ id });
    expect(service.list({ search: '', state: null, before: null, limit: 10 }).incidents).toHaveLength(1);
  });

  it('keeps what the evidence said when the instance is removed', async () => {
    const service = await started([viewOf([locked('alice', NOW)])]);
    const { id } = onlyOne(service);
    await clock.advance(10_000);
    evidence = evidenceOf(40);
    service.views([]);
    await settle();
    evidence = evidenceOf(0);
    await clock.advance(10_000);
    expect(await service.record(id)).toMatchObject({
      ok: true,
      value: { summary: { failures: 40 }, sources: [{ failures: 40 }] },
    });
  });

  it('finds incidents by names, addresses, notes and what happened', async () => {
    const service = await started([
      viewOf([locked('svc-backup', NOW, 'staleCredential'), locked('Administrator', NOW, 'attack')]),
    ]);
    const [first] = service.open();
    if (first) await service.addNote(first.id, 'Printer in Room 4');
    const found = (search: string): number =>
      service.list({ search, state: null, before: null, limit: 10 }).incidents.length;
    expect(found('')).toBe(2);
    expect(found('SVC-backup')).toBe(1);
    expect(found('room printer')).toBe(1);
    expect(found('203.0.113')).toBe(2);
    expect(found('web-1')).toBe(2);
    expect(found('nothing like it')).toBe(0);
    expect(found('locked')).toBe(2);
  });

  it('lists page by page, open ones first', async () => {
    const service = await started([
      viewOf(['a', 'b', 'c'].map((name, index) => locked(name, NOW - index * MINUTE, 'staleCredential'))),
    ]);
    const query = { search: '', state: null, before: null, limit: 2 };
    const page = service.list(query);
    expect(page.more).toBe(true);
    const last = page.incidents.at(-1)?.id ?? null;
    const rest = service.list({ ...query, before: last });
    expect(rest.more).toBe(false);
    expect([...page.incidents, ...rest.incidents].map(({ accounts }) => accounts[0]?.name)).toEqual([
      'a',
      'b',
      'c',
    ]);
  });

  it('joins two into one with all that was noted, remembered and done', async () => {
    const service = await started([viewOf([locked('alice', NOW - MINUTE), attacked('bob', NOW)])]);
    const [younger, older] = service.open();
    if (!older || !younger) throw new Error('two were expected');
    await service.addNote(younger.id, 'seen on the firewall');
    await service.saveMemory(younger.id, 'kept');
    await clock.advance(1000);
    service.views([viewOf([locked('alice', NOW - MINUTE, 'attack'), attacked('bob', NOW)], NOW + 1000)]);
    await settle();
    expect(onlyOne(service).id).toBe(older.id);
    expect(service.memoryOf(older.id)).toBe('kept');
    const record = await service.record(older.id);
    expect(record.ok && record.value.entries.map(({ note }) => note)).toContain('seen on the firewall');
    expect(await service.record(younger.id)).toMatchObject({
      ok: true,
      value: { joinedInto: older.id, summary: { closedBy: 'joined' } },
    });
    expect(service.list({ search: '', state: null, before: null, limit: 9 }).incidents).toHaveLength(1);
  });

  it('finishes a joining that a crash cut short', async () => {
    const service = await started([viewOf([locked('alice', NOW - MINUTE), attacked('bob', NOW)])]);
    const [younger] = service.open();
    const before = files.contents.get(`/data/incidents/${younger?.id}.json`) ?? '';
    await clock.advance(1000);
    service.views([viewOf([locked('alice', NOW - MINUTE, 'attack'), attacked('bob', NOW)], NOW + 1000)]);
    await settle();
    files.contents.set(`/data/incidents/${younger?.id}.json`, before);
    const again = make();
    await again.start();
    const survivor = onlyOne(again);
    const record = await again.record(survivor.id);
    const texts = record.ok ? record.value.entries.map(({ text }) => JSON.stringify(text)) : [];
    expect(texts.filter((text) => text.includes('opened'))).toHaveLength(2);
  });

  it('notes what is done on the instance’s open incidents, once', async () => {
    const service = await started([
      viewOf([locked('alice', NOW, 'staleCredential'), locked('bob', NOW, 'staleCredential')]),
    ]);
    const fact = {
      kind: 'accountUnlocked' as const,
      verified: true,
      instanceId: INSTANCE,
      atMs: NOW,
      who: 'maria',
      accountKey: 'bob',
      text: { key: 'fact', params: {} },
    };
    service.fact(fact);
    service.fact(fact);
    const lines = async (name: string): Promise<number> => {
      const id = service.open().find(({ accounts }) => accounts[0]?.name === name)?.id ?? '';
      const record = await service.record(id);
      return record.ok ? record.value.entries.filter(({ kind }) => kind === 'action').length : -1;
    };
    expect([await lines('alice'), await lines('bob')]).toEqual([0, 1]);
    service.fact({ ...fact, accountKey: null });
    expect([await lines('alice'), await lines('bob')]).toEqual([1, 1]);
  });

  it('says when it cannot write, and writes when it can again', async () => {
    const service = await started();
    files.failing = { writeAtomic: 'file.diskFull' };
    service.views([viewOf([locked('alice', NOW)])]);
    await settle();
    expect(notices).toMatchObject([{ message: { key: 'notice.incident.notWritable' } }]);
    const { id } = onlyOne(service);
    expect(await service.addNote(id, 'x')).toMatchObject({ ok: false, error: { code: 'file.diskFull' } });
    files.failing = {};
    await clock.advance(20_000);
    await settle();
    expect(notices).toEqual([]);
    expect(files.contents.get(`/data/incidents/${id}.json`)).toContain('alice');
  });

  it('reopens by hand, but not what was joined', async () => {
    const service = await started([viewOf([locked('alice', NOW)])]);
    const { id } = onlyOne(service);
    await service.close(id, 'proof');
    service.views([viewOf([sampleAccount('alice')], NOW + 1)]);
    expect(await service.reopen(id)).toMatchObject({ ok: true });
    expect(onlyOne(service)).toMatchObject({ id, closedBy: null });
    expect(await service.close('00000000-0000-4000-8000-00000000beef', 'hand')).toMatchObject({
      ok: false,
      error: { code: 'app.notFound' },
    });
  });
});
