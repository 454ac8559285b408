import type { AccountView } from '../../../../shared/account-status';
import type { ChecklistInput, ChecklistMemory, Focus } from './types';

/** Records of one moment may be written in any order; milliseconds. */
export const SAME_MOMENT_MS = 2000;

const isSame = (account: AccountView, sid: string | null): boolean =>
  sid === null || account.sid === null || account.sid === sid;

/**
 * The account that the checklist is about: the admin's choice, else the incident's. It is known by its SID, so that it
 * is the same one under a new name, and another account that got its old name is not taken for it. Null: an attack on
 * no account in particular. Pure.
 */
export function focusOf(input: ChecklistInput, memory: ChecklistMemory): Focus | null {
  const { incident, view } = input;
  const known = memory.focus;
  const wanted = known?.byHand ? known.key : (incident.focusAccountKey ?? known?.key ?? null);
  if (wanted === null) return null;
  const accounts = view?.accounts ?? [];
  const sid = known !== null && known.key === wanted ? known.sid : null;
  const byKey = accounts.find(({ key }) => key === wanted);
  const account =
    byKey && isSame(byKey, sid)
      ? byKey
      : (accounts.find((one) => known !== null && known.sid !== null && one.sid === known.sid) ?? null);
  const listed = incident.accounts.find(({ key }) => key === (account?.key ?? wanted) || key === wanted);
  const lockSeenAtMs = account?.proofs.lockSeenAtMs ?? null;
  return {
    key: account?.key ?? wanted,
    name: account?.name ?? listed?.name ?? known?.name ?? wanted,
    sid: account?.sid ?? sid,
    account,
    kind: kindOf(account),
    everLocked:
      listed?.everLocked === true ||
      account?.status === 'locked' ||
      (lockSeenAtMs !== null && lockSeenAtMs >= incident.openedAtMs - SAME_MOMENT_MS),
  };
}

function kindOf(account: AccountView | null): Focus['kind'] {
  if (account?.authority === 'elsewhere') return 'domain';
  return account?.builtinAdministrator ? 'builtinAdministrator' : 'local';
}

/** The memory with this focus; ticks of a renamed account go on under its new key. The same object when all is so. */
export function rememberFocus(memory: ChecklistMemory, focus: Focus | null): ChecklistMemory {
  const known = memory.focus;
  if (focus === null) return memory;
  const { key, name, sid } = focus;
  if (known && known.key === key && known.name === name && known.sid === sid) return memory;
  const renamed = known !== null && known.key !== key && known.sid !== null && known.sid === sid;
  const rekey = (account: string | null): string | null => (renamed && account === known.key ? key : account);
  return {
    ...memory,
    focus: { key, name, sid, byHand: known?.byHand === true && (known.key === key || renamed) },
    ticks: renamed ? memory.ticks.map((tick) => ({ ...tick, account: rekey(tick.account) })) : memory.ticks,
    unlocks: renamed
      ? memory.unlocks.map((one) => ({ ...one, account: rekey(one.account) }))
      : memory.unlocks,
  };
}
