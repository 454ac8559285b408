import type { InstanceView, Status } from '../../shared/account-status';
import type { ConnectionProfile } from '../../shared/instance';
import type { Language } from '../i18n/language';

const SPOKEN_AT_MOST = 3;

/** What to say about the changes since `before`: each one by name, or their number when there are many. */
export function announcement(
  before: Readonly<Record<string, Status>>,
  fleet: Readonly<Record<string, InstanceView>>,
  profiles: Readonly<Record<string, ConnectionProfile>>,
  t: Language['t'],
): string | null {
  const changed = Object.values(fleet).filter(
    (view) =>
      before[view.id] !== undefined && before[view.id] !== view.status && profiles[view.id] !== undefined,
  );
  if (changed.length === 0) return null;
  if (changed.length > SPOKEN_AT_MOST) {
    const locked = Object.values(fleet).filter((view) => view.status === 'locked').length;
    return t('fleet.statusChanged.many', { count: changed.length, locked });
  }
  return changed
    .map((view) => {
      const locked = view.accounts
        .filter((account) => account.status === 'locked')
        .map((account) => account.name);
      return t(`fleet.statusChanged.${view.status}`, {
        name: profiles[view.id]?.name ?? '',
        count: locked.length,
        accounts: locked.join(', '),
      });
    })
    .join(' ');
}
