import type { LabAccount } from '../../shared/lab';
import type { WindowsInstance } from './windows/instance';

/** Every account of a practice instance as it truly is at this moment. */
export function trueAccounts(windows: WindowsInstance): LabAccount[] {
  const { sam } = windows;
  const now = windows.now();
  return sam.accounts().map((account) => {
    const locked = sam.isLocked(account, now);
    const count = sam.effectiveCount(account, now);
    return {
      name: account.name,
      state: locked ? 'locked' : count > 0 ? 'counting' : 'clear',
      badPasswordCount: count,
      threshold: sam.policy.threshold,
      unlocksAtMs: sam.unlocksAt(account, now),
    };
  });
}
