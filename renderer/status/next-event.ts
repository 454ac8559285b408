import type { AccountView, InstanceView } from '../../shared/account-status';

export type NextEvent =
  | { readonly kind: 'locks' | 'unlocks' | 'resets'; readonly atMs: number; readonly account: string }
  | { readonly kind: 'untilAdmin'; readonly atMs: null; readonly account: string }
  | { readonly kind: 'retries'; readonly atMs: number; readonly account: null };

/** What of an account says what happens to it next. */
type Timed = Pick<
  AccountView,
  'name' | 'status' | 'lockedUntilAdmin' | 'autoUnlockAtMs' | 'locksAtMs' | 'countResetsAtMs'
>;

/** What happens to one account next: a lock at this pace, the end of a lock, or the count's reset. */
export function nextAccountEvent(account: Timed): NextEvent | null {
  const { name } = account;
  if (account.status === 'locked') {
    if (account.lockedUntilAdmin) return { kind: 'untilAdmin', atMs: null, account: name };
    return account.autoUnlockAtMs === null
      ? null
      : { kind: 'unlocks', atMs: account.autoUnlockAtMs, account: name };
  }
  if (account.status !== 'counting') return null;
  if (account.locksAtMs !== null) return { kind: 'locks', atMs: account.locksAtMs, account: name };
  return account.countResetsAtMs === null
    ? null
    : { kind: 'resets', atMs: account.countResetsAtMs, account: name };
}

/** The first of these accounts to lock at its present pace, `except` left aside. */
export function nextLock(accounts: readonly AccountView[], except: AccountView | null): NextEvent | null {
  let best: NextEvent | null = null;
  for (const account of accounts) {
    if (account.key === except?.key) continue;
    const event = nextAccountEvent(account);
    if (event?.kind === 'locks' && (best === null || (best.atMs ?? 0) > event.atMs)) best = event;
  }
  return best;
}

/** When a watcher that waits tries again; null while it does not wait. */
export const nextAttempt = (view: InstanceView): NextEvent | null =>
  view.nextAttemptAtMs !== null && view.connection === 'waiting'
    ? { kind: 'retries', atMs: view.nextAttemptAtMs, account: null }
    : null;
