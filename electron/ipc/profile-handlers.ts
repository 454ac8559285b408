import type { RequestOutput } from '../../shared/contract';
import { appError } from '../../shared/errors';
import type { ConnectionProfile, HopSecrets, InstanceId } from '../../shared/instance';
import { err, ok, type Result } from '../../shared/result';
import type { ProfileStore } from '../profiles/profile-store';
import { hopsOf, slotsOf } from '../secrets/secret-slot';
import type { Vault } from '../secrets/vault';
import type { Handlers } from './dispatch';

export interface ProfileServices {
  readonly profiles: Pick<ProfileStore, 'list' | 'get' | 'add' | 'update' | 'delete' | 'undoDelete'>;
  readonly vault: Pick<Vault, 'set' | 'copy' | 'keepOnly'>;
  readonly secretStates: (profile: ConnectionProfile) => RequestOutput<'profiles', 'secretStates'>;
  /** Told after secrets of an instance were typed, so that a watcher that stopped for one may go on. */
  readonly onSecrets: (id: InstanceId) => void;
}

/** Saving a profile and what was typed for it: the profile to its file, the secrets to the vault. */
export function createProfileHandlers({
  profiles,
  vault,
  secretStates,
  onSecrets,
}: ProfileServices): Handlers['profiles'] {
  async function keepSecrets(
    profile: ConnectionProfile,
    secrets: HopSecrets,
    copyFrom: InstanceId | null,
  ): Promise<Result<null>> {
    // What was entered for another place must not be kept for, let alone be sent to, the new one.
    const left = await vault.keepOnly(profile.id, slotsOf(profile));
    if (!left.ok) return left;
    if (copyFrom !== null) {
      const copied = await vault.copy(copyFrom, slotsOf(profile), secrets);
      if (!copied.ok) return copied;
    }
    for (const { hop, kind, place } of hopsOf(profile)) {
      const text = secrets[hop];
      if (kind === null || text === undefined) continue;
      const kept = await vault.set({ instanceId: profile.id, hop, place }, kind, text);
      if (!kept.ok) return kept;
    }
    return ok(null);
  }

  return {
    async save({ id, fields, secrets, copySecretsFrom }) {
      const saved = id === null ? await profiles.add(fields) : await profiles.update(id, fields);
      if (!saved.ok) return saved;
      const { profile } = saved.value;
      const kept = await keepSecrets(profile, secrets, copySecretsFrom);
      if (!kept.ok) {
        if (id === null) await profiles.delete([profile.id]);
        return kept;
      }
      if (Object.keys(secrets).length > 0) onSecrets(profile.id);
      return ok(profile);
    },
    delete: ({ ids }) => profiles.delete(ids),
    async undoDelete({ undoToken }) {
      const restored = await profiles.undoDelete(undoToken);
      return restored.ok ? ok([...restored.value]) : restored;
    },
    secretStates({ id }) {
      const profile = profiles.get(id);
      if (!profile) return err(appError('app.notFound'));
      return ok(secretStates(profile));
    },
  };
}
