import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appError } from '../../shared/errors';
import { err } from '../../shared/result';
import { sampleFields } from '../profiles/testing/sample-profile';
import { hopsOf } from '../secrets/secret-slot';
import { must } from '../storage/testing/make-records';
import { EXIT_DAMAGED_STORE } from './exit-codes';
import type { ConnectTarget, SecretOwner } from './protocol';
import type { SshConnectionsOptions } from './ssh-connections';
import { createFakeClock, type FakeClock, settle } from './testing/fake-clock';
import { FakeInstance } from './testing/fake-instance';
import { createFleetRig, type FleetRig } from './testing/fleet-rig';

let clock: FakeClock;
let rig: FleetRig;
let instances: Map<string, FakeInstance>;
let asked: { owner: SecretOwner; text: string | null }[];
let secrets: Pick<SshConnectionsOptions, 'readSecret' | 'settled'>;

const instanceAt = (host: string): FakeInstance => {
  const instance = instances.get(host) ?? new FakeInstance(clock);
  instances.set(host, instance);
  return instance;
};

const placeAt = ({ endpoint, jumpHosts }: ConnectTarget): string =>
  hopsOf({ ssh: endpoint, jumpHosts: [...jumpHosts] }).find(({ hop }) => hop === 'instance')?.place ?? '';

beforeEach(async () => {
  clock = createFakeClock();
  instances = new Map();
  asked = [];
  rig = await createFleetRig(clock, (given) => {
    secrets = given;
    return {
      open: (owner, _id, target: ConnectTarget) => ({
        async connect(signal) {
          const secret = await given.readSecret(owner, 'instance', placeAt(target));
          asked.push({ owner, text: secret.ok ? (secret.value?.text ?? null) : secret.error.code });
          if (!secret.ok) return secret;
          return instanceAt(target.endpoint.host).connect(signal);
        },
        forward: async () => err(appError('app.internal')),
        question: () => null,
        forgetRefusals: () => undefined,
      }),
      check: async () => undefined,
    };
  });
});

afterEach(async () => {
  const disposed = rig.dispose();
  await clock.advance(10_000);
  await disposed;
});

const hostFields = (host: string) =>
  sampleFields({ ssh: { host, port: 22, user: 'watcher', authentication: { kind: 'password' } } });

async function started(host = 'web-1') {
  const id = await rig.add(hostFields(host), 'canary-secret');
  rig.fleet.start();
  await clock.advance(1_000);
  return { id, instance: instanceAt(host) };
}

describe('the fleet service', () => {
  it('shows an instance that has not been read as unknown', async () => {
    const id = await rig.add(hostFields('web-1'));
    expect(rig.fleet.views()).toEqual([]);
    rig.fleet.start();
    expect(rig.view(id)).toMatchObject({ status: 'unknown', reason: { key: 'lockout.reason.neverChecked' } });
  });

  it('hands out the secret of the instance that asks, and no other', async () => {
    const { id } = await started();
    const other = await rig.add(hostFields('web-2'), 'other-secret');
    await clock.advance(1_000);
    expect(asked).toEqual([
      { owner: { kind: 'instance', id }, text: 'canary-secret' },
      { owner: { kind: 'instance', id: other }, text: 'other-secret' },
    ]);
    expect(await secrets.readSecret({ kind: 'check', checkId: 'made up' }, 'instance', '')).toMatchObject({
      ok: false,
    });
    expect(await secrets.readSecret({ kind: 'instance', id }, 'jump0', '')).toEqual({
      ok: true,
      value: null,
    });
    expect(JSON.stringify([rig.told, rig.state()])).not.toContain('secret"');
  });

  it('hands out a password only for where it was entered for, not for where the instance is now or was', async () => {
    const { id } = await started();
    const before = asked.length;
    await rig.profiles.update(id, hostFields('elsewhere'));
    await clock.advance(1_000);
    expect(asked.slice(before)).toEqual([{ owner: { kind: 'instance', id }, text: 'vault.secretMissing' }]);
    expect(rig.state().missingSecrets).toEqual([{ instanceId: id, hop: 'instance' }]);
    await rig.vault.set(rig.slotOf(id), 'password', 'for elsewhere');
    const old = placeAt({ endpoint: hostFields('web-1').ssh, jumpHosts: [], pins: [] });
    expect(await secrets.readSecret({ kind: 'instance', id }, 'instance', old)).toMatchObject({
      error: { code: 'vault.secretMissing' },
    });
  });

  it('says which secrets are missing until they are entered', async () => {
    const id = await rig.add(hostFields('web-1'));
    rig.fleet.start();
    await clock.advance(1_000);
    expect(rig.state().missingSecrets).toEqual([{ instanceId: id, hop: 'instance' }]);
    expect(rig.view(id)).toMatchObject({
      connection: 'needsAdmin',
      failure: { code: 'vault.secretMissing' },
    });
    await rig.vault.set(rig.slotOf(id), 'password', 'x');
    expect(rig.state().missingSecrets).toEqual([]);
    await rig.fleet.reconnect(id);
    await clock.advance(1_000);
    expect(rig.view(id)?.connection).toBe('following');
  });

  it('counts, locks, and unlocks by time alone', async () => {
    const { id, instance } = await started();
    for (let failure = 0; failure < 5; failure += 1) instance.fail();
    instance.lock();
    await clock.advance(20_000);
    const locked = rig.view(id);
    expect(locked?.status).toBe('locked');
    const account = locked?.accounts.find((candidate) => candidate.name === 'anna');
    const unlockAtMs = account?.autoUnlockAtMs ?? 0;
    instance.accounts = instance.accounts.map((reading) => ({
      ...reading,
      locked: false,
      badPasswordAttempts: 0,
    }));
    instance.faults.accounts = 'windows.accessDenied';
    await clock.advance(unlockAtMs - clock.now() - 1_000);
    expect(rig.view(id)?.status).toBe('locked');
    await clock.advance(2_000);
    expect(rig.view(id)?.status).not.toBe('locked');
  });

  it('is never clear on a stale reading', async () => {
    const { id, instance } = await started();
    expect(rig.view(id)?.status).toBe('clear');
    instance.faults.connect = 'net.unreachable';
    instance.dropConnections();
    await clock.advance(100_000);
    expect(rig.view(id)).toMatchObject({
      status: 'clear',
      failure: { code: expect.stringMatching(/^net\./) },
    });
    await clock.advance(25_000);
    expect(rig.view(id)).toMatchObject({ status: 'unknown', reason: { key: 'lockout.reason.stale' } });
    instance.faults = {};
    await clock.advance(5 * 60_000);
    expect(rig.view(id)).toMatchObject({ status: 'clear', failure: null });
  });

  it('believes nothing after waking up until it has been read again', async () => {
    const { id } = await started();
    rig.fleet.suspend();
    await settle();
    clock.jump(60_000);
    rig.fleet.resume();
    await clock.advance(0);
    expect(rig.view(id)).toMatchObject({ status: 'unknown', reason: { key: 'lockout.reason.stale' } });
    await clock.advance(10_000);
    expect(rig.view(id)?.status).toBe('clear');
  });

  it('tells a view only when something in it changed', async () => {
    const { id } = await started();
    const before = rig.told.length;
    const first = rig.view(id);
    await clock.advance(60_000);
    expect(rig.told.length - before).toBeLessThanOrEqual(6);
    expect(rig.view(id)?.accounts).toBe(first?.accounts);
  });

  it('does not watch what is switched off', async () => {
    const id = await rig.add({ ...hostFields('web-1'), watch: 'off' });
    rig.fleet.start();
    await clock.advance(60_000);
    expect(rig.view(id)).toMatchObject({
      status: 'unknown',
      connection: 'off',
      reason: { key: 'watch.reason.off' },
    });
    expect(instanceAt('web-1').connects).toBe(0);
  });

  it('stops watching what is deleted, and removes its evidence when it can no longer be undone', async () => {
    const { id, instance } = await started();
    instance.fail();
    await clock.advance(20_000);
    const page = { instanceId: id, kinds: null, account: null, text: null, before: null, limit: 10 };
    expect(must(await rig.fleet.evidence(page)).rows).toHaveLength(1);
    await rig.profiles.delete([id]);
    await clock.advance(1_000);
    expect(rig.fleet.views()).toEqual([]);
    expect(instance.open).toBe(0);
    expect(must(await rig.fleet.evidence(page)).rows).toHaveLength(1);
    await clock.advance(10 * 60_000);
    expect(must(await rig.fleet.evidence(page)).rows).toEqual([]);
    expect(must(await rig.fleet.brokenRecords({ id }))).toEqual([]);
  });
});

describe('the evidence process', () => {
  it('dies: everything is unknown until it is back, and nothing is lost or counted twice', async () => {
    const { id, instance } = await started();
    instance.fail();
    await clock.advance(20_000);
    expect(rig.view(id)).toMatchObject({ status: 'counting', eventsStored: 1 });
    await rig.host.crash();
    await clock.advance(0);
    expect(rig.state().evidenceProcess).toBe('restarting');
    expect(rig.view(id)).toMatchObject({ status: 'unknown', connection: 'connecting' });
    expect(await rig.fleet.refresh(id)).toMatchObject({ error: { code: 'store.unavailable' } });
    instance.fail();
    await clock.advance(5_000);
    expect(rig.state().evidenceProcess).toBe('running');
    expect(rig.view(id)).toMatchObject({
      status: 'counting',
      eventsStored: 2,
      accounts: expect.arrayContaining([expect.objectContaining({ name: 'anna', failuresCounted: 2 })]),
    });
  });

  it('dies again and again: failed, and tried all the same', async () => {
    await started();
    for (let death = 0; death < 5; death += 1) {
      await rig.host.crash();
      await clock.advance(death === 4 ? 0 : 30_000);
    }
    expect(rig.state().evidenceProcess).toBe('failed');
    await clock.advance(60_000);
    expect(rig.state().evidenceProcess).toBe('running');
  });

  it('finds its database damaged: ends, and the next one looks through it', async () => {
    await started();
    await rig.host.crash(EXIT_DAMAGED_STORE);
    await clock.advance(2_000);
    expect(rig.host.started).toBe(2);
    expect(rig.host.thorough).toEqual([false, true]);
    expect(rig.state().evidenceProcess).toBe('running');
  });
});
