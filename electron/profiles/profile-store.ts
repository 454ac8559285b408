import type { Phrase } from '../../shared/account-status';
import { appError } from '../../shared/errors';
import {
  type ConnectionProfile,
  type InstanceId,
  type ProfileFields,
  profileFieldsSchema,
} from '../../shared/instance';
import { err, type Result } from '../../shared/result';
import { copyName } from './copy-name';
import { type ProfileDocument, profileFormat } from './profile-document';
import { createProfileFile, type ProfileFile, type ProfileFileOptions } from './profile-file';

interface SavedProfile {
  readonly profile: ConnectionProfile;
  /** What is allowed but worth a look, such as a name that another profile has too. */
  readonly warnings: readonly Phrase[];
}

export interface ProfileStore
  extends Omit<ProfileFile<ProfileFields, ProfileDocument, SavedProfile>, 'value' | 'change'> {
  /** A copy under a free name. Its secrets are the caller's to copy. */
  duplicate(id: InstanceId): Promise<Result<SavedProfile>>;
}

function warningsFor(profile: ConnectionProfile, all: readonly ConnectionProfile[]): readonly Phrase[] {
  const same = all.filter(
    (other) => other.id !== profile.id && other.name.toLowerCase() === profile.name.toLowerCase(),
  );
  return same.length > 0
    ? [{ key: 'notice.profile.sameName', params: { name: profile.name, count: same.length } }]
    : [];
}

/** The connection profiles in `profiles.json`. */
export function createProfileStore(options: ProfileFileOptions): ProfileStore {
  const file = createProfileFile(options, {
    format: profileFormat,
    empty: (): ProfileDocument => ({ profiles: [], deleted: [] }),
    fields: profileFieldsSchema,
    saved: (profile, all): SavedProfile => ({ profile, warnings: warningsFor(profile, all) }),
  });
  return {
    ...file,
    async duplicate(id) {
      const original = file.get(id);
      if (!original) return err(appError('app.notFound'));
      const { id: _id, createdAtMs: _created, updatedAtMs: _updated, ...fields } = original;
      const names = file.list().map((profile) => profile.name);
      return file.add({ ...fields, name: copyName(original.name, names) });
    },
  };
}
