import { type AccountView, type InstanceView, noProofs } from '../../shared/account-status';
import type { DirectoryAccount, DirectoryView } from '../../shared/directory';

const noVerdict = { kind: 'undecided', confidence: 'low', reasons: [], evidenceIncomplete: false } as const;

/** A directory as tray and notifications see an instance: they tell of locks, and need not know whose. */
export function asInstanceView(view: DirectoryView, nowMs: number): InstanceView {
  return {
    id: view.id,
    status: view.status,
    reason: view.reason,
    checkedAtMs: view.checkedAtMs,
    evaluatedAtMs: nowMs,
    connection: view.connection,
    failure: view.failure,
    nextAttemptAtMs: view.nextAttemptAtMs,
    catchUpProgress: null,
    computer: view.pdcHost,
    system: null,
    clockOffsetMs: null,
    policy: view.policy,
    auditing: 'unknown',
    accounts: view.accounts.map((account) => accountView(account, view)),
    lastFailureAtMs: view.accounts.reduce<number | null>(
      (last, { lastBadPasswordAtMs: at }) => (at !== null && (last === null || at > last) ? at : last),
      null,
    ),
    verdict: { ...noVerdict, reasons: [] },
    eventsStored: 0,
    brokenRecords: 0,
    doubts: view.doubts,
  };
}

const accountView = (account: DirectoryAccount, { netbiosName, status }: DirectoryView): AccountView => ({
  key: account.key,
  name: account.name,
  domain: netbiosName,
  sid: account.key,
  authority: 'local',
  builtinAdministrator: account.builtinAdministrator,
  disabled: account.disabled,
  // While nothing is known of the domain, nothing is of its accounts.
  status: status === 'unknown' ? 'unknown' : account.status,
  reason: account.reason,
  badPasswordCount: account.badPasswordCount,
  countCertainty: 'exact',
  threshold: account.threshold,
  lockedAtMs: account.lockedAtMs,
  autoUnlockAtMs: account.autoUnlockAtMs,
  lockedUntilAdmin: account.lockedUntilAdmin,
  countResetsAtMs: account.countResetsAtMs,
  remaining:
    account.threshold === null || account.threshold === 0 || account.badPasswordCount === null
      ? null
      : Math.max(0, account.threshold - account.badPasswordCount),
  locksAtMs: null,
  paceSeconds: null,
  relockSeconds: null,
  lastFailureAtMs: account.lastBadPasswordAtMs,
  lastSource: null,
  failuresCounted: account.badPasswordCount ?? 0,
  failuresNotCounted: 0,
  proofs: noProofs,
  verdict: { ...noVerdict, reasons: [] },
  doubts: [],
});
