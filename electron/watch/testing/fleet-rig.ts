import type { InstanceView } from '../../../shared/account-status';
import type { CheckReport } from '../../../shared/check';
import type { HostKeyQuestion, ProfileFields } from '../../../shared/instance';
import { ok } from '../../../shared/result';
import { createHostKeyStore } from '../../profiles/host-key-store';
import { createProfileStore } from '../../profiles/profile-store';
import { createSettingsStore } from '../../profiles/settings-store';
import { createMemoryFiles } from '../../profiles/testing/memory-files';
import { sampleId } from '../../profiles/testing/sample-profile';
import type { Cipher } from '../../secrets/cipher';
import { type SecretSlot, slotsOf } from '../../secrets/secret-slot';
import { createVault } from '../../secrets/vault';
import { temporaryFolder } from '../../storage/testing/make-records';
import type { Clock } from '../clock';
import { FleetService, type FleetState } from '../fleet';
import type { HostOptions } from '../host';
import { createInProcessHost } from './in-process-host';

const plainCipher: Cipher = {
  open: async () => ({ safe: true, backend: 'test' }),
  encrypt: async (text) => Buffer.from(text, 'utf8').reverse(),
  decrypt: async (bytes) => ({ text: Buffer.from(bytes).reverse().toString('utf8'), reEncrypt: false }),
};

/** The fleet service with its stores, on an evidence process that runs as an object here. */
export async function createFleetRig(clock: Clock, connections: HostOptions['connections']) {
  const folder = temporaryFolder();
  const files = createMemoryFiles();
  const now = () => clock.now();
  let nextId = 1;
  const newId = () => sampleId(nextId++);
  const settings = createSettingsStore({ path: '/data/settings.json', files, now });
  const hostKeys = createHostKeyStore({ path: '/data/host-keys.json', files, now, userName: 'anna' });
  const vault = createVault({ path: '/data/secrets.json', files, cipher: plainCipher, now });
  const host = createInProcessHost(clock, connections);
  const waiting = new Set<() => void>();
  const checks: CheckReport[] = [];
  const told: (readonly InstanceView[])[] = [];
  let state: FleetState | undefined;
  const changed = (): void => {
    for (const check of [...waiting]) check();
  };
  const profiles = createProfileStore({
    path: '/data/profiles.json',
    files,
    clock,
    newId,
    forget: (ids) => fleet.forget(ids),
  });
  const fleet: FleetService = new FleetService({
    spawn: () => host.spawn(),
    databasePath: `${folder.path}/evidence.db`,
    clock,
    newId,
    profiles,
    settings,
    hostKeys,
    vault,
    onViews: (views) => {
      told.push(views);
      changed();
    },
    onState: (next) => {
      state = next;
      changed();
    },
    onCheck: (report) => {
      checks.push(report);
      changed();
    },
    onSavedLog: () => undefined,
  });
  for (const store of [settings, hostKeys, vault, profiles]) await store.start();

  /** Resolves when it holds; rejects when it does not in a generous time, so that a failure names what was waited for. */
  function until<T>(what: string, find: () => T | undefined | false): Promise<T> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        waiting.delete(check);
        reject(new Error(`waited in vain for ${what}: ${JSON.stringify(fleet.views())}`));
      }, 30_000);
      const check = (): void => {
        const found = find();
        if (found === undefined || found === false) return;
        clearTimeout(late);
        waiting.delete(check);
        resolve(found);
      };
      waiting.add(check);
      check();
    });
  }

  const view = (id: string) => fleet.views().find((candidate) => candidate.id === id);
  /** Where the password of an instance belongs. */
  const slotOf = (id: string): SecretSlot => {
    const profile = profiles.get(id);
    const slot = profile && slotsOf(profile).find(({ hop }) => hop === 'instance');
    if (!slot) throw new Error(`no secret belongs to ${id}`);
    return slot;
  };
  return {
    fleet,
    slotOf,
    profiles,
    settings,
    hostKeys,
    vault,
    files,
    host,
    checks,
    told,
    folder,
    until,
    view,
    state: () => state ?? fleet.state(),
    question: (id: string): HostKeyQuestion | undefined =>
      fleet.state().hostKeyQuestions.find((question) => question.instanceId === id),
    async add(fields: ProfileFields, password?: string) {
      const added = await profiles.add(fields);
      if (!added.ok) throw new Error('not added');
      const { id } = added.value.profile;
      if (password !== undefined) await vault.set(slotOf(id), 'password', password);
      return id;
    },
    async dispose() {
      await fleet.dispose();
      await profiles.dispose();
      folder.remove();
      return ok(null);
    },
  };
}

export type FleetRig = Awaited<ReturnType<typeof createFleetRig>>;
