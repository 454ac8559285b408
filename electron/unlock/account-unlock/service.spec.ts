import { describe, expect, it } from 'vitest';
import type { AccountView, InstanceView } from '../../../shared/account-status';
import type { AccountInspection, UnlockAnswer, UnlockTarget } from '../../../shared/account-unlock';
import type { AuditRecord } from '../../../shared/audit';
import { appError, type ErrorCode } from '../../../shared/errors';
import type { ConnectionProfile } from '../../../shared/instance';
import { en } from '../../../shared/messages/en';
import { createTranslator } from '../../../shared/messages/format';
import { err, ok, type Result } from '../../../shared/result';
import { sampleAccount, sampleView } from '../../desktop/testing/sample-view';
import { sampleProfile } from '../../profiles/testing/sample-profile';
import { createFakeClock } from '../../watch/testing/fake-clock';
import { createUnlockFacts, type UnlockFact } from '../facts';
import { createAccountUnlock } from './service';
import { createSshControllers } from './ssh-controllers';

const SID = 'S-1-5-21-1-2-3-1001';
const ID = '00000000-0000-4000-8000-000000000001';
const DC = '00000000-0000-4000-8000-00000000000d';
const PDC = '00000000-0000-4000-8000-00000000000e';
const t = createTranslator('en-US');

const inspection = (changes: Partial<AccountInspection> = {}): AccountInspection => ({
  account: { name: 'alice', sid: SID, locked: true },
  elevated: true,
  self: false,
  controller: null,
  ...changes,
});
const answer = (changes: Partial<UnlockAnswer> = {}): UnlockAnswer => ({
  found: true,
  done: true,
  refused: null,
  before: { name: 'alice', sid: SID, locked: true },
  after: { name: 'alice', sid: SID, locked: false },
  ...changes,
});

function rig(account: Partial<AccountView> = {}) {
  const clock = createFakeClock();
  const asked: { what: string; id: string; target: UnlockTarget }[] = [];
  const refreshed: string[] = [];
  const rows: AuditRecord[] = [];
  const noted: UnlockFact[] = [];
  const profiles = new Map<string, ConnectionProfile>(
    [
      sampleProfile(1, { name: 'web-01' }),
      sampleProfile(13, { name: 'dc-02' }),
      sampleProfile(14, { name: 'dc-01' }),
    ].map((profile) => [profile.id, profile]),
  );
  const state = {
    inspections: new Map<string, Result<AccountInspection>>([[ID, ok(inspection())]]),
    answer: ok(answer()) as Result<UnlockAnswer>,
    controllers: [] as { id: string; domain: string | null }[],
    view: sampleView(1, [sampleAccount('alice', { sid: SID, status: 'locked', ...account })]) as InstanceView,
    isolation: { isolated: false, isolatable: true },
    appendFails: false,
    runs: 0,
  };
  const facts = createUnlockFacts();
  facts.onFact((fact) => noted.push(fact));
  const host = {
    async inspectAccount(id: string, target: UnlockTarget) {
      asked.push({ what: 'inspect', id, target });
      return state.inspections.get(id) ?? err(appError('account.notConnected'));
    },
    async unlockAccount(id: string, target: UnlockTarget) {
      asked.push({ what: 'unlock', id, target });
      return state.answer;
    },
    controllers: async () => ok(state.controllers),
    async refresh(id: string) {
      refreshed.push(id);
      return ok(null);
    },
  };
  let nextId = 0;
  const service = createAccountUnlock({
    host,
    domainUnlockers: () => [createSshControllers(host, (id) => profiles.get(id)?.name ?? id)],
    viewOf: (id) => (id === ID ? state.view : undefined),
    profileOf: (id) => profiles.get(id),
    isolationOf: () => state.isolation,
    audit: {
      async append(row) {
        if (state.appendFails) return err(appError('file.diskFull'));
        rows.push(row);
        return ok({ ...row, seq: 1, atMs: 0, previous: '', hash: '' });
      },
      async appendLater(row) {
        rows.push(row);
      },
    },
    facts,
    clock,
    newId: () => `preview-${nextId++}`,
    admin: () => 'Ada',
    onRuns: (runs) => {
      state.runs = Math.max(state.runs, runs.length);
    },
  });
  const change = (changes: Partial<AccountView>): void => {
    state.view = { ...state.view, accounts: state.view.accounts.map((one) => ({ ...one, ...changes })) };
  };
  const unlocks = () => asked.filter(({ what }) => what === 'unlock');
  return { service, state, asked, refreshed, rows, noted, clock, change, unlocks, profiles };
}

const planned = async (r: ReturnType<typeof rig>) => {
  const preview = await r.service.plan(ID, 'alice');
  expect(preview.plan).not.toBeNull();
  return preview;
};

describe('the plan of an unlock', () => {
  it('shows the account, where, and what may lock it again, and changes nothing', async () => {
    const r = rig({ relockSeconds: 30, paceSeconds: 3, verdict: verdict('attack') });
    const preview = await planned(r);
    expect(preview.plan).toMatchObject({
      name: 'alice',
      sid: SID,
      scope: 'local',
      where: 'web-01',
      relockSeconds: 30,
      isolation: 'recommended',
    });
    expect(r.asked).toEqual([{ what: 'inspect', id: ID, target: { name: 'alice', sid: SID } }]);
    expect(r.rows).toEqual([]);
  });

  it.each([
    ['gone', inspection({ account: null })],
    ['self', inspection({ self: true })],
    ['notElevated', inspection({ elevated: false })],
    ['notLocked', inspection({ account: { name: 'alice', sid: SID, locked: false } })],
  ])('refuses with a clear sentence: %s', async (why, found) => {
    const r = rig();
    r.state.inspections.set(ID, ok(found));
    const { plan, refusal, error } = await r.service.plan(ID, 'alice');
    expect([plan, error]).toEqual([null, null]);
    expect(refusal?.key).toBe(`unlock.refusal.${why}`);
    expect(t(refusal?.key ?? '', refusal?.params ?? {})).toMatch(/^[^{}]+\.$/);
  });

  it('says that it signs in as the locked account when there is no session for that reason', async () => {
    const r = rig();
    r.state.inspections.clear();
    expect(await r.service.plan(ID, 'alice')).toMatchObject({
      error: { code: 'account.notConnected' },
      refusal: null,
    });
    const profile = r.profiles.get(ID);
    if (profile) r.profiles.set(ID, { ...profile, ssh: { ...profile.ssh, user: 'ALICE' } });
    expect(await r.service.plan(ID, 'alice')).toMatchObject({
      error: null,
      refusal: { key: 'unlock.refusal.self' },
    });
  });

  it('goes by the name that the account has now', async () => {
    const r = rig();
    r.state.inspections.set(ID, ok(inspection({ account: { name: 'bob', sid: SID, locked: true } })));
    expect((await planned(r)).plan?.name).toBe('bob');
  });

  it('leaves an unknown authority unknown', async () => {
    const r = rig({ authority: 'unknown' });
    expect((await r.service.plan(ID, 'alice')).refusal?.key).toBe('unlock.refusal.authorityUnknown');
    expect(r.asked).toEqual([]);
  });

  it('does not know an account that is not there', async () => {
    expect((await rig().service.plan(ID, 'nobody')).error?.code).toBe('app.notFound');
  });

  it.each([
    ['recommended', { isolated: false, isolatable: true }, 'attack'],
    ['recommendedNotPossible', { isolated: false, isolatable: false }, 'attack'],
    ['done', { isolated: true, isolatable: true }, 'attack'],
    ['notNeeded', { isolated: false, isolatable: true }, 'staleCredential'],
  ] as const)('advises on isolation: %s', async (advice, isolation, kind) => {
    const r = rig({ verdict: verdict(kind) });
    r.state.isolation = isolation;
    expect((await planned(r)).plan?.isolation).toBe(advice);
  });
});

describe('unlocking', () => {
  it('does once what was shown, by SID, and says it is proven when it was read again', async () => {
    const r = rig();
    const { previewId } = await planned(r);
    const done = await r.service.apply(previewId, 'called in');
    expect(done).toMatchObject({ ok: true, value: { kind: 'done', verified: true } });
    expect(r.unlocks()).toEqual([{ what: 'unlock', id: ID, target: { name: 'alice', sid: SID } }]);
    expect(r.rows.map(({ action, outcome, reason, after }) => [action, outcome, reason, after])).toEqual([
      ['unlockAccount', 'begun', 'called in', ''],
      ['unlockAccount', 'succeeded', 'called in', 'not locked'],
    ]);
    expect(r.noted).toMatchObject([
      { kind: 'accountUnlocked', verified: true, accountKey: 'alice', who: 'Ada' },
    ]);
    expect(r.refreshed).toEqual([ID]);
    expect(r.state.runs).toBe(1);
    expect(await r.service.apply(previewId, '')).toMatchObject({ error: { code: 'app.notFound' } });
    expect(r.unlocks()).toHaveLength(1);
  });

  it.each([
    ['notRead', answer({ after: null })],
    ['stillLocked', answer({ after: { name: 'alice', sid: SID, locked: true } })],
  ])('is never green on hope: %s', async (why, given) => {
    const r = rig();
    r.state.answer = ok(given);
    const { previewId } = await planned(r);
    const done = await r.service.apply(previewId, '');
    expect(done).toMatchObject({
      value: { kind: 'done', verified: false, text: { key: `unlock.outcome.${why}` } },
    });
    expect(r.rows.at(-1)?.outcome).toBe('unverified');
    expect(r.noted).toMatchObject([{ verified: false }]);
  });

  it.each([
    ['net.closed', 'unknown'],
    ['net.timeout', 'unknown'],
    ['ssh.commandTimeout', 'unknown'],
    ['app.cancelled', 'unknown'],
    ['store.unavailable', 'unknown'],
    ['windows.unreadableAnswer', 'unknown'],
    ['windows.commandFailed', 'unknown'],
    ['windows.accessDenied', 'refused'],
    ['account.notConnected', 'refused'],
  ] as const)('after %s it is %s, and not tried again', async (code, kind) => {
    const r = rig();
    r.state.answer = err(appError(code as ErrorCode, { name: 'unlock', host: 'x', seconds: 1, code: 1 }));
    const { previewId } = await planned(r);
    const done = await r.service.apply(previewId, '');
    expect(done).toMatchObject({ ok: true, value: { kind, error: { code } } });
    await r.clock.advance(60 * 60_000);
    expect(r.unlocks()).toHaveLength(1);
    expect(r.noted).toEqual([]);
    expect(r.rows.at(-1)?.outcome).toBe(kind === 'unknown' ? 'unverified' : 'failed');
    if (done.ok && done.value.kind !== 'replaced') {
      expect(t(done.value.text.key, done.value.text.params)).toMatch(/^[^{}]+\.$/);
    }
  });

  it('does nothing and shows how it is now when the account was renamed in between', async () => {
    const r = rig();
    const { previewId } = await planned(r);
    r.state.answer = ok(answer({ done: false, refused: 'renamed', after: null }));
    r.state.inspections.set(ID, ok(inspection({ account: { name: 'alice2', sid: SID, locked: true } })));
    const done = await r.service.apply(previewId, '');
    expect(done).toMatchObject({ value: { kind: 'replaced', preview: { plan: { name: 'alice2' } } } });
    expect(r.noted).toEqual([]);
    expect(r.rows.at(-1)).toMatchObject({ outcome: 'cancelled', error: 'renamed' });
  });

  it('asks anew when an attack began after the plan was shown, or when it was shown long ago', async () => {
    const r = rig();
    const first = await planned(r);
    r.change({ verdict: verdict('attack') });
    const second = await r.service.apply(first.previewId, '');
    expect(second).toMatchObject({
      value: { kind: 'replaced', preview: { plan: { isolation: 'recommended' } } },
    });
    expect(r.unlocks()).toEqual([]);
    const again = await planned(r);
    await r.clock.advance(11 * 60_000);
    expect(await r.service.apply(again.previewId, '')).toMatchObject({ value: { kind: 'replaced' } });
    expect([r.unlocks(), r.rows]).toEqual([[], []]);
  });

  it('touches nothing when the audit trail cannot be written', async () => {
    const r = rig();
    r.state.appendFails = true;
    const { previewId } = await planned(r);
    expect(await r.service.apply(previewId, '')).toMatchObject({ error: { code: 'file.diskFull' } });
    expect(r.unlocks()).toEqual([]);
  });

  it('runs once, however often it is asked for at the same time', async () => {
    const r = rig();
    const [one, two] = [await planned(r), await planned(r)];
    const both = await Promise.all([r.service.apply(one.previewId, ''), r.service.apply(two.previewId, '')]);
    expect(both.map((result) => result.ok)).toEqual([true, false]);
    expect(r.unlocks()).toHaveLength(1);
  });
});

describe('a domain’s account', () => {
  const domainAccount = { authority: 'elsewhere' as const, domain: 'CORP' };
  const controller = (pdc: boolean, name: string) => ({
    name,
    pdc,
    pdcName: 'dc1.corp.example',
    domain: 'CORP',
  });

  it('is the directory’s when no controller is watched', async () => {
    const { refusal } = await rig(domainAccount).service.plan(ID, 'alice');
    expect(refusal).toEqual({
      key: 'unlock.refusal.noController',
      params: { name: 'alice', domain: 'CORP' },
    });
  });

  it('is unlocked on the PDC emulator where it is watched, and says which controller it is', async () => {
    const r = rig(domainAccount);
    r.state.controllers = [
      { id: DC, domain: 'corp.example' },
      { id: PDC, domain: 'corp.example' },
    ];
    r.state.inspections.set(DC, ok(inspection({ controller: controller(false, 'dc2.corp.example') })));
    r.state.inspections.set(PDC, ok(inspection({ controller: controller(true, 'dc1.corp.example') })));
    const { plan, previewId } = await planned(r);
    expect(plan).toMatchObject({
      scope: 'domain',
      where: 'dc-01',
      controller: { name: 'dc1.corp.example', pdc: true },
    });
    await r.service.apply(previewId, '');
    expect(r.unlocks()).toEqual([{ what: 'unlock', id: PDC, target: { name: 'alice', sid: SID } }]);
    expect(r.refreshed).toEqual([ID, PDC]);
  });

  it('is unlocked on another controller when that is all there is', async () => {
    const r = rig(domainAccount);
    r.state.controllers = [
      { id: DC, domain: 'corp.example' },
      { id: PDC, domain: 'corp.example' },
    ];
    r.state.inspections.set(DC, ok(inspection({ controller: controller(false, 'dc2.corp.example') })));
    expect((await planned(r)).plan).toMatchObject({ where: 'dc-02', controller: { pdc: false } });
  });

  it('is not taken for a namesake of another domain', async () => {
    const r = rig({ ...domainAccount, sid: null });
    r.state.controllers = [{ id: DC, domain: 'other.example' }];
    const other = { ...controller(true, 'dc1.other.example'), domain: 'OTHER' };
    r.state.inspections.set(DC, ok(inspection({ controller: other })));
    expect((await r.service.plan(ID, 'alice')).refusal?.key).toBe('unlock.refusal.noController');
    const bySid = rig(domainAccount);
    bySid.state.controllers = [{ id: DC, domain: 'other.example' }];
    const found = { name: 'alice', sid: 'S-1-5-21-9-9-9-1001', locked: true };
    bySid.state.inspections.set(DC, ok(inspection({ account: found, controller: other })));
    expect((await bySid.service.plan(ID, 'alice')).refusal?.key).toBe('unlock.refusal.noController');
  });
});

describe('the words', () => {
  it('are there for everything that the service says', () => {
    const keys = ['refusal', 'outcome', 'fact'].flatMap((kind) =>
      Object.keys(en).filter((key) => key.startsWith(`unlock.${kind}.`)),
    );
    const values = {
      name: 'alice',
      where: 'web-01',
      user: 'admin',
      domain: 'CORP',
      account: 'Administrator',
    };
    for (const key of keys) expect(t(key, values)).not.toMatch(/[{}]/);
    expect(keys.length).toBeGreaterThan(10);
  });
});

const verdict = (kind: AccountView['verdict']['kind']): AccountView['verdict'] => ({
  kind,
  confidence: 'high',
  reasons: [],
  evidenceIncomplete: false,
});
