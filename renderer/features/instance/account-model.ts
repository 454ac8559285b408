import type { AccountView } from '../../../shared/account-status';
import type { ShownStatus } from '../../status/shown-status';

/** An account never looks better known than the reading it comes from. */
export const accountOfStatus = (account: AccountView, shown: ShownStatus): AccountView =>
  shown.status === 'unknown' && account.status !== 'unknown'
    ? { ...account, status: 'unknown', reason: shown.reason, countCertainty: 'uncertain' }
    : account;

/** Whether there is anything to say about it besides its name. */
export const hasFailed = (account: AccountView): boolean =>
  account.status === 'locked' ||
  account.status === 'counting' ||
  account.failuresCounted + account.failuresNotCounted > 0 ||
  (account.badPasswordCount ?? 0) > 0;

/** The address or workstation of a source, whichever says more. */
export const sourceName = (source: AccountView['lastSource']): string | null =>
  source === null ? null : (source.address ?? source.workstation);
