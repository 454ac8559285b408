import { type AccountView, type Status, statusOrder } from '../../shared/account-status';

export const severity = (status: Status): number => statusOrder.indexOf(status);

/** How full the count is, 0 to 1; accounts that never lock or whose policy is unknown have no fill. */
export function fill(account: Pick<AccountView, 'badPasswordCount' | 'threshold'>): number | null {
  if (account.badPasswordCount === null || account.threshold === null || account.threshold === 0) return null;
  return Math.min(1, account.badPasswordCount / account.threshold);
}

/** Worst first: by status, then nearest to the lock, then the one failing most recently, then by name. */
export function byUrgency(a: AccountView, b: AccountView): number {
  return (
    severity(a.status) - severity(b.status) ||
    (fill(b) ?? 0) - (fill(a) ?? 0) ||
    (b.lastFailureAtMs ?? 0) - (a.lastFailureAtMs ?? 0) ||
    a.name.localeCompare(b.name)
  );
}
