import { describe, expect, it } from 'vitest';
import type { InstanceView } from '../../../shared/account-status';
import type { AuditRecord } from '../../../shared/audit';
import { appError } from '../../../shared/errors';
import type { ProfileFields } from '../../../shared/instance';
import { en } from '../../../shared/messages/en';
import { createTranslator } from '../../../shared/messages/format';
import type { CloudInstance } from '../../../shared/network';
import type { PasswordReset } from '../../../shared/password-reset';
import { err, ok, type Result } from '../../../shared/result';
import { sampleAccount, sampleView } from '../../desktop/testing/sample-view';
import { createMemoryFiles } from '../../profiles/testing/memory-files';
import { sampleFields, sampleProfile } from '../../profiles/testing/sample-profile';
import { createFakeClock, settle } from '../../watch/testing/fake-clock';
import { createUnlockFacts, type UnlockFact } from '../facts';
import { createResetFile } from './reset-file';
import { createPasswordResets } from './service';

const ID = '00000000-0000-4000-8000-000000000001';
const PASSWORD = 'Canary-7Qx+9Zk';
const how = { keep: false, reason: 'forgotten' };
const t = createTranslator('en-US');
type Made = Result<{ requestId: string }>;

interface World {
  readonly files: ReturnType<typeof createMemoryFiles>;
  readonly clock: ReturnType<typeof createFakeClock>;
}

function rig(
  changes: Partial<ProfileFields> = {},
  world: World = { files: createMemoryFiles(), clock: createFakeClock() },
) {
  const { files, clock } = world;
  const cloud = { region: 'cn-hangzhou', instanceId: 'i-1', provider: 'aliyun' as const };
  const profile = sampleProfile(1, sampleFields({ name: 'web-01', cloud, ...changes }));
  const administrator = sampleAccount('Administrator', { builtinAdministrator: true });
  const state = {
    reset: async (): Promise<Made> => ok({ requestId: 'R-set' }),
    reboot: async (): Promise<Made> => ok({ requestId: 'R-boot' }),
    status: 'running' as CloudInstance['status'] | 'lost',
    view: sampleView(1, [administrator], { connection: 'waiting' }) as InstanceView,
    keepFails: false,
    reachable: true,
    appendFails: false,
  };
  const calls: string[] = [];
  const rows: AuditRecord[] = [];
  const noted: UnlockFact[] = [];
  const kept: string[] = [];
  const copied: string[] = [];
  const shown: (readonly PasswordReset[])[] = [];
  const facts = createUnlockFacts();
  facts.onFact((fact) => noted.push(fact));
  const instance = (status: CloudInstance['status']): CloudInstance => ({
    id: 'i-1',
    name: 'web',
    region: 'cn-hangzhou',
    system: 'windows',
    status,
    lockedForSecurity: false,
    publicAddresses: [],
    privateAddresses: [],
    vpcId: null,
  });
  const service = createPasswordResets({
    targetOf: () =>
      state.reachable
        ? {
            ref: { region: 'cn-hangzhou', instanceId: 'i-1' },
            provider: {
              resetPassword: async (_ref, password) => {
                calls.push(`set ${password.length}`);
                return state.reset();
              },
              reboot: async () => {
                calls.push('reboot');
                return state.reboot();
              },
              instanceState: async () => {
                calls.push('look');
                return state.status === 'lost' ? err(appError('cloud.network')) : ok(instance(state.status));
              },
            },
          }
        : null,
    profileOf: () => profile,
    viewOf: () => state.view,
    file: createResetFile({ path: '/data/password-resets.json', files, now: () => clock.now() }),
    clipboard: {
      async copy(text) {
        copied.push(text);
      },
      async clearNow() {
        copied.push('cleared');
      },
    },
    async keep(_id, password) {
      if (state.keepFails) return err(appError('vault.unavailable'));
      kept.push(password);
      return ok(null);
    },
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
    admin: () => 'Ada',
    onResets: (resets) => shown.push(resets),
  });
  const now = (): PasswordReset | undefined => service.resets()[0];
  return { service, state, calls, rows, noted, kept, copied, shown, now, clock, files };
}

async function started(changes: Partial<ProfileFields> = {}, world?: World) {
  const r = rig(changes, world);
  await r.service.start();
  return r;
}

/** Everything that the service lets out, as one text. */
const everything = (r: ReturnType<typeof rig>): string =>
  JSON.stringify([r.rows, r.noted, r.shown, r.service.resets(), [...r.files.contents.entries()]]);

describe('resetting a password', () => {
  it('sets it, reboots on demand, and waits until the instance answers again', async () => {
    const r = await started();
    expect(await r.service.begin(ID, PASSWORD, how)).toEqual(ok(null));
    expect(r.now()).toMatchObject({ phase: 'set', held: true, account: 'Administrator', signsIn: false });
    await r.clock.advance(60 * 1000);
    expect(r.calls).toEqual(['set 14']);

    expect(await r.service.reboot(ID)).toEqual(ok(null));
    expect(r.now()).toMatchObject({ phase: 'rebooting', watching: true });
    r.state.status = 'stopping';
    await r.clock.advance(3000);
    r.state.status = 'starting';
    await r.clock.advance(3000);
    expect(r.now()).toMatchObject({ phase: 'rebooting', seenDown: true, cloudStatus: 'starting' });
    r.state.status = 'running';
    await r.clock.advance(3000);
    expect(r.now()).toMatchObject({ phase: 'reaching' });
    await r.clock.advance(30_000);
    expect(r.now()?.phase).toBe('reaching');
    r.state.view = { ...r.state.view, connection: 'following', checkedAtMs: r.clock.now() };
    await r.clock.advance(3000);
    expect(r.now()).toMatchObject({ phase: 'done', watching: false, message: null });
    const looks = r.calls.length;
    await r.clock.advance(60_000);
    expect(r.calls).toHaveLength(looks);

    expect(
      r.rows.map(({ action, outcome, requestIds, reason }) => [action, outcome, requestIds, reason]),
    ).toEqual([
      ['resetPassword', 'begun', [], 'forgotten'],
      ['resetPassword', 'succeeded', ['R-set'], 'forgotten'],
      ['rebootInstance', 'begun', [], ''],
      ['rebootInstance', 'succeeded', ['R-boot'], ''],
    ]);
    expect(r.noted.map(({ kind, accountKey, who }) => [kind, accountKey, who])).toEqual([
      ['passwordReset', 'administrator', 'Ada'],
      ['rebooted', 'administrator', 'Ada'],
    ]);
    expect(await r.service.forget(ID)).toEqual(ok(null));
    expect(r.service.resets()).toEqual([]);
    expect(everything(r)).not.toContain('anary');
  });

  it('does not take a reading from before the reboot for an answer', async () => {
    const r = await started();
    await r.service.begin(ID, PASSWORD, how);
    r.state.view = { ...r.state.view, connection: 'following', checkedAtMs: r.clock.now() };
    await r.service.reboot(ID);
    r.state.status = 'stopping';
    await r.clock.advance(3000);
    r.state.status = 'running';
    await r.clock.advance(9000);
    expect(r.now()?.phase).toBe('reaching');
  });

  it('is checked here, too', async () => {
    const r = await started();
    for (const bad of ['short1A', 'alllowercase', '/Abcdef12', 'Abc def 12'])
      expect(await r.service.begin(ID, bad, how)).toMatchObject({ error: { code: 'app.invalidArgument' } });
    expect(r.calls).toEqual([]);
    r.state.reachable = false;
    expect(await r.service.begin(ID, PASSWORD, how)).toMatchObject({ error: { code: 'app.notFound' } });
  });

  it('says what the cloud refused, and lets go of the password', async () => {
    const r = await started();
    r.state.reset = async () =>
      err(appError('cloud.invalid', { code: 'InvalidPassword.Malformed', requestId: 'R-9' }));
    await r.service.begin(ID, PASSWORD, how);
    expect(r.now()).toMatchObject({
      phase: 'refused',
      held: false,
      message: { key: 'unlock.reset.refused.malformed' },
    });
    expect(r.rows.at(-1)).toMatchObject({ outcome: 'failed', requestIds: ['R-9'], error: 'cloud.invalid' });
    expect(r.noted).toEqual([]);
    expect(everything(r)).not.toContain('anary');
    expect(await r.service.begin(ID, PASSWORD, how)).toEqual(ok(null));
  });

  it('leaves it unknown when the answer is lost, and never sets it again by itself', async () => {
    const r = await started();
    r.state.reset = async () => err(appError('cloud.timeout'));
    await r.service.begin(ID, PASSWORD, how);
    expect(r.now()).toMatchObject({
      phase: 'maybeSet',
      held: true,
      message: { key: 'unlock.reset.maybeSet' },
    });
    expect(r.rows.at(-1)?.outcome).toBe('unverified');
    await r.clock.advance(24 * 3600_000);
    expect(r.calls).toEqual(['set 14']);
    expect(r.noted).toEqual([]);
  });

  it('runs one call at a time', async () => {
    const r = await started();
    let answer: (made: Made) => void = () => undefined;
    r.state.reset = () => new Promise((resolve) => (answer = resolve));
    const running = r.service.begin(ID, PASSWORD, how);
    await settle();
    expect(await r.service.begin(ID, PASSWORD, how)).toMatchObject({ error: { code: 'app.busy' } });
    expect(await r.service.reboot(ID)).toMatchObject({ error: { code: 'app.busy' } });
    expect(await r.service.forget(ID)).toMatchObject({ error: { code: 'app.busy' } });
    answer(ok({ requestId: 'R' }));
    await running;
    expect(r.calls).toEqual(['set 14']);
  });

  it('touches nothing when it cannot be written down first', async () => {
    const r = await started();
    r.state.appendFails = true;
    expect(await r.service.begin(ID, PASSWORD, how)).toMatchObject({ error: { code: 'file.diskFull' } });
    r.state.appendFails = false;
    r.files.failing.writeAtomic = 'file.diskFull';
    expect(await r.service.begin(ID, PASSWORD, how)).toMatchObject({ ok: false });
    expect([r.calls, r.service.resets()]).toEqual([[], []]);
  });
});

describe('the reboot', () => {
  it('is not asked for twice by itself, and is seen not to have happened', async () => {
    const r = await started();
    await r.service.begin(ID, PASSWORD, how);
    r.state.reboot = async () => err(appError('cloud.network', { reason: 'ECONNRESET' }));
    await r.service.reboot(ID);
    expect(r.now()).toMatchObject({ phase: 'rebooting', rebootUncertain: true });
    await r.clock.advance(120_000);
    expect(r.now()).toMatchObject({
      phase: 'set',
      watching: false,
      message: { key: 'unlock.reset.rebootNotSeen' },
    });
    expect(r.calls.filter((call) => call === 'reboot')).toHaveLength(1);
  });

  it('that the cloud refuses leaves the password waiting', async () => {
    const r = await started();
    await r.service.begin(ID, PASSWORD, how);
    r.state.reboot = async () => err(appError('cloud.conflict', { code: 'IncorrectInstanceStatus' }));
    await r.service.reboot(ID);
    expect(r.now()).toMatchObject({ phase: 'set', message: { key: 'unlock.reset.refused.status' } });
    expect(r.rows.at(-1)).toMatchObject({ action: 'rebootInstance', outcome: 'failed' });
    r.state.reboot = async () => ok({ requestId: 'R-2' });
    await r.service.reboot(ID);
    expect(r.now()?.phase).toBe('rebooting');
  });

  it('is no longer looked at when nobody waits, and is again on demand', async () => {
    const r = await started();
    await r.service.begin(ID, PASSWORD, how);
    await r.service.reboot(ID);
    await r.service.cancelWait(ID);
    const before = r.calls.length;
    await r.clock.advance(60_000);
    expect(r.calls).toHaveLength(before);
    expect(r.now()).toMatchObject({ phase: 'rebooting', watching: false });
    await r.service.watch(ID);
    r.state.status = 'stopping';
    await r.clock.advance(3000);
    expect(r.now()).toMatchObject({ seenDown: true });
  });

  it('goes on being asked about while the cloud does not answer', async () => {
    const r = await started();
    await r.service.begin(ID, PASSWORD, how);
    await r.service.reboot(ID);
    r.state.status = 'lost';
    await r.clock.advance(30_000);
    expect(r.now()).toMatchObject({
      phase: 'rebooting',
      watching: true,
      message: { key: 'unlock.reset.lookFailed' },
    });
    r.state.status = 'starting';
    await r.clock.advance(3000);
    r.state.status = 'running';
    await r.clock.advance(3000);
    expect(r.now()?.phase).toBe('reaching');
  });
});

describe('the password itself', () => {
  const own = {
    ssh: { host: 'h', port: 22, user: '.\\administrator', authentication: { kind: 'password' as const } },
  };

  async function downAndUp(r: Awaited<ReturnType<typeof started>>) {
    await r.service.reboot(ID);
    await r.clock.advance(3000);
    expect(r.kept).toEqual([]);
    r.state.status = 'stopping';
    await r.clock.advance(3000);
    // The old one is still right while it shuts down.
    expect(r.kept).toEqual([]);
    r.state.status = 'starting';
    await r.clock.advance(3000);
  }

  it('is kept for the sign-in only when asked, and when the old one ends', async () => {
    const r = await started(own);
    await r.service.begin(ID, PASSWORD, { ...how, keep: true });
    expect(r.now()).toMatchObject({ keep: 'onReboot', signsIn: true });
    await downAndUp(r);
    expect(r.kept).toEqual([PASSWORD]);
    expect(r.now()?.keep).toBe('kept');
    r.state.status = 'running';
    await r.clock.advance(60_000);
    expect(r.kept).toHaveLength(1);
  });

  it('can be kept later, and says so when it could not', async () => {
    const r = await started(own);
    await r.service.begin(ID, PASSWORD, how);
    expect(await r.service.save(ID)).toEqual(ok(null));
    r.state.keepFails = true;
    await downAndUp(r);
    expect(r.now()?.keep).toBe('failed');
    r.state.keepFails = false;
    await r.service.save(ID);
    expect([r.kept, r.now()?.keep]).toEqual([[PASSWORD], 'kept']);
  });

  it('is not kept where Lockwatch signs in as somebody else, or with a key', async () => {
    for (const ssh of [
      { ...own.ssh, user: 'watcher' },
      { ...own.ssh, authentication: { kind: 'agent' as const } },
    ]) {
      const r = await started({ ssh });
      await r.service.begin(ID, PASSWORD, { ...how, keep: true });
      expect(r.now()).toMatchObject({ keep: 'no', signsIn: false });
      expect(await r.service.save(ID)).toMatchObject({ ok: false });
      await downAndUp(r);
      expect(r.kept).toEqual([]);
    }
  });

  it('goes to the clipboard on demand, and is let go of on demand, in time and at the end', async () => {
    const r = await started();
    await r.service.begin(ID, PASSWORD, how);
    expect(await r.service.copy(ID)).toEqual(ok({ clearsAfterSeconds: 45 }));
    await r.service.forget(ID);
    expect(await r.service.copy(ID)).toMatchObject({ error: { code: 'vault.secretMissing' } });
    expect(r.now()).toMatchObject({ phase: 'set', held: false });
    await r.service.begin(ID, PASSWORD, how);
    await r.clock.advance(30 * 60_000);
    expect(r.now()?.held).toBe(false);
    await r.service.begin(ID, PASSWORD, how);
    await r.service.dispose();
    expect(r.copied).toEqual([PASSWORD, 'cleared']);
    expect(await r.service.copy(ID)).toMatchObject({ ok: false });
    expect(everything(r)).not.toContain('anary');
  });
});

describe('after the app has ended in between', () => {
  it('the reset still waits for its reboot, without its password', async () => {
    const before = await started();
    await before.service.begin(ID, PASSWORD, how);
    await before.service.dispose();
    const after = await started({}, before);
    expect(after.now()).toMatchObject({ phase: 'set', held: false, account: 'Administrator' });
    await after.service.reboot(ID);
    expect(after.now()?.phase).toBe('rebooting');
    expect(JSON.stringify([...after.files.contents.entries()])).not.toContain('anary');
  });

  it('a call that was under way may have set it', async () => {
    const before = await started();
    before.state.reset = () => new Promise(() => undefined);
    void before.service.begin(ID, PASSWORD, how);
    await settle();
    const after = await started({}, before);
    expect(after.now()).toMatchObject({ phase: 'maybeSet', message: { key: 'unlock.reset.interrupted' } });
  });

  it('a reboot that was asked for is waited for again', async () => {
    const before = await started();
    await before.service.begin(ID, PASSWORD, how);
    await before.service.reboot(ID);
    await before.service.dispose();
    const after = await started({}, before);
    after.state.status = 'stopping';
    await after.clock.advance(3000);
    after.state.status = 'running';
    await after.clock.advance(3000);
    expect(after.now()?.phase).toBe('reaching');
    expect(after.noted.map(({ kind }) => kind)).toEqual(['rebooted']);
  });
});

describe('the words', () => {
  it('are there for every state', () => {
    const keys = Object.keys(en).filter((key) => key.startsWith('unlock.reset.'));
    const values = {
      account: 'Administrator',
      instance: 'web-01',
      time: '12:00',
      action: 'ecs:RebootInstance',
      status: 'running',
      seconds: 45,
    };
    expect(keys.length).toBeGreaterThan(40);
    for (const key of keys) expect(t(key, values)).not.toMatch(/[{}]/);
  });
});
