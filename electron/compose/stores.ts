import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import type { InstanceId } from '../../shared/instance';
import { ok, type Result } from '../../shared/result';
import { defaultSettings } from '../../shared/settings';
import type { NoticeBoard } from '../ipc/notice-board';
import { createHostKeyStore } from '../profiles/host-key-store';
import { createProfileStore } from '../profiles/profile-store';
import { createSettingsStore } from '../profiles/settings-store';
import { createOsCipher } from '../secrets/os-cipher';
import { slotsOf } from '../secrets/secret-slot';
import { createVault } from '../secrets/vault';
import { createCertificateStore } from '../unlock/rdp/certificate-store';
import type { Foundation } from './parts';

interface Keeper {
  forget(ids: readonly InstanceId[]): Promise<Result<null>>;
}

/** What is kept about the instances and for the admin: settings, secrets, host keys and profiles. */
export function composeStores(
  { inData, files, clock }: Foundation,
  notices: NoticeBoard,
  /** Keeps something about instances too, beside what is here. */
  evidence: () => Keeper,
) {
  const now = (): number => clock.now();
  const userName = userInfo().username;
  const settings = createSettingsStore({
    path: inData('settings.json'),
    files,
    now,
    defaults: { ...defaultSettings, adminName: userName },
  });
  const hostKeys = createHostKeyStore({ path: inData('host-keys.json'), files, now, userName });
  const rdpCertificates = createCertificateStore({ path: inData('rdp-certificates.json'), files, now });
  const vault = createVault({ path: inData('secrets.json'), files, cipher: createOsCipher(), now });
  const profiles = createProfileStore({
    path: inData('profiles.json'),
    files,
    clock,
    newId: randomUUID,
    async forget(ids) {
      for (const keeper of [evidence(), vault, hostKeys, rdpCertificates]) {
        const done = await keeper.forget(ids);
        if (!done.ok) return done;
      }
      return ok(null);
    },
  });
  return {
    settings,
    hostKeys,
    rdpCertificates,
    vault,
    profiles,
    nameOf: (id: InstanceId): string => profiles.get(id)?.name ?? id,
    /** Who works here: for tags, journal and audit. */
    admin: (): string => settings.get().adminName.trim() || userName,
    services: [
      {
        name: 'settings',
        start: async () => notices.replace('settings', await settings.start()),
        dispose: settings.dispose,
      },
      {
        name: 'vault',
        start: async () => notices.replace('vault', await vault.start()),
        dispose: vault.dispose,
      },
      {
        name: 'hostKeys',
        start: async () => notices.replace('hostKeys', await hostKeys.start()),
        dispose: hostKeys.dispose,
      },
      {
        name: 'rdpCertificates',
        start: async () => notices.replace('rdpCertificates', await rdpCertificates.start()),
      },
      {
        name: 'profiles',
        async start() {
          notices.replace('profiles', await profiles.start());
          await vault.place(profiles.list().flatMap(slotsOf));
        },
        dispose: profiles.dispose,
      },
    ],
  };
}

export type Stores = ReturnType<typeof composeStores>;
