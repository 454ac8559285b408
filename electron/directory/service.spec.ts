import { describe, expect, it } from 'vitest';
import type { AuditRecord } from '../../shared/audit';
import type { DirectoryAccount, DirectoryFields, DirectoryView } from '../../shared/directory';
import { appError } from '../../shared/errors';
import { err, ok, type Result } from '../../shared/result';
import { UNDO_MS } from '../profiles/profile-file';
import { createMemoryFiles } from '../profiles/testing/memory-files';
import { directoryPlace } from '../secrets/directory-slot';
import { createVault } from '../secrets/vault';
import type { DirectoryRequest } from '../watch/directory-link';
import { createFakeClock } from '../watch/testing/fake-clock';
import { createDirectoryStore } from './profile-store';
import { DirectoryService } from './service';

const CANARY = 'canary-directory-password';
const SID = 'S-1-5-21-1-2-3-1105';

const fields = (change: Partial<DirectoryFields> = {}): DirectoryFields => ({
  name: 'Lab',
  domain: 'lab.test',
  controllers: [],
  transport: 'ldaps',
  plainAccepted: false,
  trust: 'system',
  bindUser: 'watcher@lab.test',
  pageSize: 500,
  tunnel: null,
  watch: 'close',
  ...change,
});

const account = (change: Partial<DirectoryAccount> = {}): DirectoryAccount => ({
  key: SID,
  name: 'mary',
  displayName: null,
  userPrincipalName: 'mary@lab.test',
  distinguishedName: 'CN=mary,DC=lab,DC=test',
  status: 'locked',
  reason: null,
  disabled: false,
  builtinAdministrator: false,
  rawCount: 3,
  badPasswordCount: 3,
  threshold: 3,
  lastBadPasswordAtMs: 1,
  lockedAtMs: 1,
  autoUnlockAtMs: null,
  lockedUntilAdmin: true,
  countResetsAtMs: null,
  passwordSetAtMs: null,
  policyName: 'LAB',
  readAtMs: 1,
  ...change,
});

const view = (id: string, change: Partial<DirectoryView> = {}): DirectoryView => ({
  id,
  status: 'clear',
  reason: null,
  checkedAtMs: 0,
  connection: 'following',
  failure: null,
  nextAttemptAtMs: null,
  domainName: 'DC=lab,DC=test',
  netbiosName: 'LAB',
  domainSid: 'S-1-5-21-1-2-3',
  pdcHost: 'dc1.lab.test',
  controllers: [],
  policy: null,
  passwordSettings: [],
  locked: 0,
  counting: 0,
  accounts: [],
  lastFull: null,
  lastIncremental: null,
  doubts: [],
  ...change,
});

type Answer = (name: string, input: unknown) => Result<unknown> | undefined;

async function rig(answer: Answer = () => undefined) {
  const clock = createFakeClock();
  const files = createMemoryFiles();
  const cipher = {
    open: async () => ({ safe: true, backend: 'dpapi' }),
    encrypt: async (text: string) => Buffer.from(text).map((byte) => byte ^ 0x5a),
    decrypt: async (bytes: Buffer) => ({
      text: Buffer.from(bytes.map((byte) => byte ^ 0x5a)).toString(),
      reEncrypt: false,
    }),
  };
  const vault = createVault({
    path: '/data/secrets.json',
    files,
    cipher: { ...cipher, encrypt: async (text) => Buffer.from(await cipher.encrypt(text)) },
    now: clock.now,
  });
  await vault.start();
  let ids = 0;
  const newId = (): string => `00000000-0000-4000-8000-${(++ids).toString().padStart(12, '0')}`;
  const store = createDirectoryStore({
    path: '/data/directories.json',
    files,
    clock,
    newId,
    userName: 'tester',
    forget: (gone) => vault.forget(gone),
  });
  await store.start();
  const audit: AuditRecord[] = [];
  const asked: { readonly name: string; readonly input: unknown }[] = [];
  const unlocked: unknown[] = [];
  const service = new DirectoryService({
    store,
    vault,
    clock,
    newId,
    staleAfterSeconds: () => 120,
    onState: () => undefined,
    onCheck: () => undefined,
    onTruth: () => undefined,
    audit: {
      async append(record) {
        audit.push(record);
      },
    },
    admin: () => 'tester',
    onUnlocked: (what) => unlocked.push(what),
  });
  const request: DirectoryRequest = async (name, input) => {
    asked.push({ name, input });
    return (answer(name, input) ?? ok(null)) as never;
  };
  service.start();
  service.link.ready(request);
  const add = async (change: Partial<DirectoryFields> = {}): Promise<string> => {
    const saved = await service.save({ id: null, fields: fields(change), password: CANARY });
    if (!saved.ok) throw new Error(saved.error.code);
    return saved.value.id;
  };
  const secret = (id: string, place: string) =>
    service.link.handlers['directory.secret']({ owner: { kind: 'directory', id }, place }, []);
  return { clock, files, vault, store, service, audit, asked, unlocked, add, secret };
}

describe('a directory’s password', () => {
  it('is in the vault only, and handed out for the very place that it was entered for', async () => {
    const { add, files, secret, service } = await rig();
    const id = await add();
    expect(JSON.stringify([...files.contents, service.state()])).not.toContain(CANARY);
    expect(await secret(id, directoryPlace(fields()))).toMatchObject({ ok: true, value: { text: CANARY } });
    for (const other of [
      fields({ domain: 'evil.test' }),
      fields({ transport: 'plain' }),
      fields({ bindUser: 'other@lab.test' }),
      fields({ controllers: [{ host: 'evil.test', port: null }] }),
    ]) {
      expect(await secret(id, directoryPlace(other))).toMatchObject({
        ok: false,
        error: { code: 'vault.secretMissing' },
      });
    }
  });

  it('does not follow the profile to another place', async () => {
    const { add, secret, service } = await rig();
    const id = await add();
    const moved = fields({ controllers: [{ host: 'other', port: null }] });
    await service.save({ id, fields: moved, password: null });
    expect(await secret(id, directoryPlace(moved))).toMatchObject({ ok: false });
    expect(service.state().directoriesWithoutPassword).toEqual([id]);
  });

  it('is never handed out again once it was refused, not after a restart either', async () => {
    const { add, secret, service, vault } = await rig();
    const id = await add();
    const place = directoryPlace(fields());
    const lent = await secret(id, place);
    if (!lent.ok || lent.value === null) throw new Error('not lent');
    const owner = { kind: 'directory', id } as const;
    service.link.listeners['directory.settled']({ owner, version: lent.value.version, outcome: 'refused' });
    await vault.abandonLent();
    expect(await secret(id, place)).toMatchObject({ ok: false, error: { code: 'ssh.passwordRefused' } });
  });

  it('is forgotten with its directory, once that can no longer be undone', async () => {
    const { add, clock, files, secret, service } = await rig();
    const id = await add();
    const gone = await service.delete({ ids: [id] });
    if (!gone.ok) throw new Error('not deleted');
    expect(service.state().directoryProfiles).toEqual([]);
    expect(await service.undoDelete({ undoToken: gone.value.undoToken })).toMatchObject({
      ok: true,
      value: [{ id }],
    });
    expect(await secret(id, directoryPlace(fields()))).toMatchObject({ ok: true });
    await service.delete({ ids: [id] });
    await clock.advance(UNDO_MS + 1);
    expect(files.contents.get('/data/secrets.json')).not.toContain(id);
  });
});

describe('what is shown of a directory', () => {
  it('is unknown as soon as nobody reads it, and when the reading is too old', async () => {
    const { add, clock, service } = await rig();
    const id = await add();
    const told = (change: Partial<DirectoryView>) =>
      service.link.listeners['directory.changed']({
        view: view(id, { checkedAtMs: clock.now(), ...change }),
        questions: [],
      });
    told({});
    expect(service.state().directories[0]?.status).toBe('clear');
    await clock.advance(120_001);
    expect(service.state().directories[0]).toMatchObject({
      status: 'unknown',
      reason: { key: 'directory.reason.stale' },
    });
    told({ status: 'locked', locked: 1, accounts: [account()] });
    expect(service.state().directories[0]?.status).toBe('locked');
    service.link.gone();
    expect(service.state().directories[0]).toMatchObject({ status: 'unknown', connection: 'connecting' });
    expect(service.asInstances()[0]?.accounts[0]?.status).toBe('unknown');
  });

  it('tells an unlock by an account that is no longer among the locked', async () => {
    const { add, clock, service } = await rig();
    const id = await add();
    const told = (change: Partial<DirectoryView>) =>
      service.link.listeners['directory.changed']({
        view: view(id, { checkedAtMs: clock.now(), ...change }),
        questions: [],
      });
    told({ status: 'locked', locked: 1, accounts: [account()] });
    told({});
    expect(service.asInstances()[0]?.accounts).toMatchObject([
      { key: SID, status: 'clear', lockedAtMs: null },
    ]);
    expect(service.state().directories[0]?.accounts).toEqual([]);
  });
});

describe('an unlock', () => {
  const readForUnlock = (change: Partial<DirectoryAccount> = {}, permitted: boolean | null = true) =>
    ok({ account: account(change), pdcHost: 'dc1.lab.test', stamp: 'now', permitted });

  it('is done as it was shown, once, and kept in the trail', async () => {
    const { add, service, audit, asked, unlocked } = await rig((name) =>
      name === 'directory.readForUnlock'
        ? readForUnlock()
        : name === 'directory.unlock'
          ? ok({ verified: true, account: account({ status: 'clear' }), notes: [] })
          : undefined,
    );
    const id = await add();
    const plan = await service.planUnlock({ id, accountKey: SID });
    if (!plan.ok || plan.value.previewId === null) throw new Error('no plan');
    expect(plan.value.consequences[0]).toMatchObject({ params: { name: 'mary', host: 'dc1.lab.test' } });
    expect(asked.some(({ name }) => name === 'directory.unlock')).toBe(false);
    const { previewId } = plan.value;
    const [first, second] = await Promise.all([
      service.applyUnlock({ previewId, confirmed: true }),
      service.applyUnlock({ previewId, confirmed: true }),
    ]);
    expect(first).toMatchObject({ ok: true, value: { verified: true } });
    expect(second).toMatchObject({ ok: false, error: { code: 'directory.previewGone' } });
    expect(asked.filter(({ name }) => name === 'directory.unlock')).toEqual([
      { name: 'directory.unlock', input: { id, accountKey: SID, stamp: 'now' } },
    ]);
    expect(audit.map(({ outcome }) => outcome)).toEqual(['begun', 'succeeded']);
    expect(unlocked).toHaveLength(1);
  });

  it('is not offered where nothing is locked or the right is missing', async () => {
    for (const [change, permitted, obstacle] of [
      [{ status: 'clear' }, true, 'directory.unlock.notLocked'],
      [{}, false, 'directory.unlock.mayNot'],
    ] as const) {
      const { add, service } = await rig((name) =>
        name === 'directory.readForUnlock' ? readForUnlock(change, permitted) : undefined,
      );
      const plan = await service.planUnlock({ id: await add(), accountKey: SID });
      expect(plan).toMatchObject({ ok: true, value: { previewId: null, obstacles: [{ key: obstacle }] } });
    }
  });

  it('that fails is in the trail as failed, and an old plan is void', async () => {
    const { add, service, audit, clock } = await rig((name) =>
      name === 'directory.readForUnlock'
        ? readForUnlock({}, null)
        : name === 'directory.unlock'
          ? err(appError('directory.insufficientRights'))
          : undefined,
    );
    const id = await add();
    const planned = async (): Promise<string> => {
      const plan = await service.planUnlock({ id, accountKey: SID });
      if (!plan.ok || plan.value.previewId === null) throw new Error('no plan');
      return plan.value.previewId;
    };
    const failed = await service.applyUnlock({ previewId: await planned(), confirmed: true });
    expect(failed).toMatchObject({ ok: false, error: { code: 'directory.insufficientRights' } });
    expect(audit.map(({ outcome, error }) => [outcome, error])).toEqual([
      ['begun', null],
      ['failed', 'directory.insufficientRights'],
    ]);
    const old = await planned();
    await clock.advance(5 * 60_000 + 1);
    expect(await service.applyUnlock({ previewId: old, confirmed: true })).toMatchObject({
      ok: false,
      error: { code: 'directory.previewGone' },
    });
  });

  it('for whoever unlocks an instance’s accounts is refused for the account that signs in', async () => {
    const { add, service } = await rig((name) =>
      name === 'directory.readForUnlock'
        ? readForUnlock({ name: 'watcher', userPrincipalName: 'watcher@lab.test' })
        : undefined,
    );
    const id = await add();
    const unlocker = service.unlocker();
    const target = { name: 'watcher', sid: SID };
    expect(await unlocker.inspect({ ...target, domain: 'lab.test' })).toMatchObject({
      ok: true,
      value: { key: id, inspection: { self: true, account: { locked: true } } },
    });
    expect(await unlocker.unlock(id, target)).toMatchObject({
      ok: true,
      value: { done: false, refused: 'self' },
    });
    expect(await unlocker.inspect({ ...target, domain: 'elsewhere.test' })).toEqual({
      ok: true,
      value: null,
    });
  });
});
