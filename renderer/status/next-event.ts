import type { AccountView, InstanceView } from '../../shared/account-status';

export type NextEvent =
  | { readonly kind: 'locks' | 'unlocks' | 'resets'; readonly atMs: number; readonly account: string }
  | { readonly kind: 'untilAdmin'; readonly atMs: null; readonly account: string }
  | { readonly kind: 'retries'; readonly atMs: number; readonly account: null };

/** What happens to one account next: a lock at this pace, the end of a lock, or the count's reset. */
export function nextAccountEvent(account: AccountView): NextEvent | null {
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

const urgency = { locks: 0, unlocks: 1, untilAdmin: 2, resets: 3, retries: 4 } as const;

/** The most urgent event of an instance: a coming lock first, then the next unlock, then what waits for an admin. */
export function nextInstanceEvent(view: InstanceView): NextEvent | null {
  let best: NextEvent | null = null;
  for (const account of view.accounts) {
    const event = nextAccountEvent(account);
    if (event && (best === null || comesBefore(event, best))) best = event;
  }
  if (best === null && view.nextAttemptAtMs !== null && view.connection === 'waiting') {
    return { kind: 'retries', atMs: view.nextAttemptAtMs, account: null };
  }
  return best;
}

function comesBefore(a: NextEvent, b: NextEvent): boolean {
  if (urgency[a.kind] !== urgency[b.kind]) return urgency[a.kind] < urgency[b.kind];
  return (a.atMs ?? 0) < (b.atMs ?? 0);
}
