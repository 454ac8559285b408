import type { LockoutPolicy } from '../../shared/policy';
import { AccountFold } from './account-fold';
import type { AccountRecord, AccountRef } from './types';

/** By SID the key that each of these accounts is kept under, where that is another one than it is read as now. */
export function formerKeys(
  accounts: ReadonlyMap<string, AccountRecord>,
  read: readonly AccountRef[],
): ReadonlyMap<string, string> {
  const now = new Map(read.flatMap(({ sid, key }) => (sid === null ? [] : [[sid, key] as const])));
  const taken = new Set(read.map(({ key }) => key));
  const former = new Map<string, string>();
  for (const [key, { ref }] of accounts) {
    if (ref.sid === null || taken.has(key)) continue;
    const current = now.get(ref.sid);
    if (current !== undefined && current !== key) former.set(ref.sid, key);
  }
  return former;
}

/**
 * An account that its authority reads under another name, by the same SID, is the same account: what is known of it
 * goes on under the new name, with what was seen under that name before it was read. Null: it was not renamed.
 */
export function takeOver(
  accounts: Map<string, AccountRecord>,
  former: ReadonlyMap<string, string>,
  ref: AccountRef,
  policyOf: (record: AccountRecord) => LockoutPolicy | null,
): AccountRecord | null {
  const key = ref.sid === null ? undefined : former.get(ref.sid);
  const old = key === undefined ? undefined : accounts.get(key);
  if (key === undefined || !old) return null;
  accounts.delete(key);
  const renamed: AccountRecord = { ...old, ref };
  const since = accounts.get(ref.key);
  if (!since) return renamed;
  const fold = new AccountFold(renamed, policyOf(renamed));
  for (const row of since.trail) {
    if (row.kind === 'reading') fold.applyReading(ref, row);
    else fold.apply(ref, row);
  }
  return fold.snapshot();
}
