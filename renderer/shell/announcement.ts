import type { InstanceView, Status } from '../../shared/account-status';
import type { DirectoryProfile, DirectoryView } from '../../shared/directory';
import type { ConnectionProfile } from '../../shared/instance';
import type { Language } from '../i18n/language';

const SPOKEN_AT_MOST = 3;

/** An instance or a directory, as far as a screen reader is told of it. */
export interface Told {
  readonly id: string;
  readonly name: string;
  readonly status: Status;
  /** Names of the accounts that are locked. */
  readonly locked: readonly string[];
}

/** All instances and directories that have a profile. */
export function toldOf(
  fleet: Readonly<Record<string, InstanceView>>,
  profiles: Readonly<Record<string, ConnectionProfile>>,
  directories: readonly DirectoryView[],
  directoryProfiles: readonly DirectoryProfile[],
): readonly Told[] {
  const names = new Map(directoryProfiles.map(({ id, name }) => [id, name]));
  const named = (view: InstanceView | DirectoryView, name: string | undefined): Told[] =>
    name === undefined
      ? []
      : [
          {
            id: view.id,
            name,
            status: view.status,
            locked: view.accounts.filter(({ status }) => status === 'locked').map((account) => account.name),
          },
        ];
  return [
    ...Object.values(fleet).flatMap((view) => named(view, profiles[view.id]?.name)),
    ...directories.flatMap((view) => named(view, names.get(view.id))),
  ];
}

/**
 * What to say about the changes since `before`: each one by name, or their number when there are many. Of what was
 * locked already, the accounts that were locked since.
 */
export function announcement(before: readonly Told[], now: readonly Told[], t: Language['t']): string | null {
  const known = new Map(before.map((one) => [one.id, one]));
  const changed = now.flatMap((one) => {
    const old = known.get(one.id);
    if (!old) return [];
    if (old.status !== one.status) return [one];
    const since = one.locked.filter((name) => !old.locked.includes(name));
    return one.status === 'locked' && since.length > 0 ? [{ ...one, locked: since }] : [];
  });
  if (changed.length === 0) return null;
  if (changed.length > SPOKEN_AT_MOST) {
    const locked = now.filter(({ status }) => status === 'locked').length;
    return t('fleet.statusChanged.many', { count: changed.length, locked });
  }
  return changed
    .map(({ name, status, locked }) =>
      t(`fleet.statusChanged.${status}`, {
        name,
        count: locked.length,
        accounts: locked.slice(0, SPOKEN_AT_MOST).join(', '),
        more: Math.max(0, locked.length - SPOKEN_AT_MOST),
      }),
    )
    .join(' ');
}
