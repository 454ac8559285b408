import { type AccountView, type InstanceView, statusOrder } from '../../../shared/account-status';
import {
  type ControllerRow,
  type DirectoryAccount,
  type DirectoryId,
  type DirectoryProfile,
  type DirectoryView,
  knownDomain,
} from '../../../shared/directory';
import { isDecidedBy, type KnownDomain, type NamedAccount } from '../../../shared/domain-account';
import type { InstanceId } from '../../../shared/instance';
import { type NextEvent, nextAccountEvent } from '../../status/next-event';
import { type ShownStatus, shownStatus } from '../../status/shown-status';

/** What freshness is judged by. */
export interface Freshness {
  readonly nowMs: number;
  readonly staleAfterSeconds: number;
  readonly windowStale: boolean;
}

export const shownDirectory = (view: DirectoryView | undefined, fresh: Freshness): ShownStatus =>
  shownStatus(view, fresh.nowMs, fresh.staleAfterSeconds, fresh.windowStale);

/** When the last reading that this account rests on was taken: its own, or one of the whole domain that still counts. */
function readAt(account: DirectoryAccount, view: DirectoryView): number {
  const { reason, checkedAtMs } = view;
  const counts = reason?.key !== 'directory.reason.stale' && checkedAtMs !== null;
  return counts ? Math.max(account.readAtMs, checkedAtMs) : account.readAtMs;
}

/** An account never looks better known than the reading it comes from. */
export const shownAccount = (
  account: DirectoryAccount,
  view: DirectoryView,
  { nowMs, staleAfterSeconds, windowStale }: Freshness,
): ShownStatus =>
  shownStatus(
    { status: account.status, reason: account.reason, checkedAtMs: readAt(account, view) },
    nowMs,
    staleAfterSeconds,
    windowStale,
  );

/** What one controller said, as long as it is young enough to be said again. */
export const shownRow = (
  { status, readAtMs }: ControllerRow,
  { nowMs, staleAfterSeconds, windowStale }: Freshness,
): ShownStatus =>
  shownStatus({ status, reason: null, checkedAtMs: readAtMs }, nowMs, staleAfterSeconds, windowStale);

/** What happens to an account by itself next. */
export const nextOf = (account: DirectoryAccount, { status }: ShownStatus): NextEvent | null =>
  nextAccountEvent({ ...account, status, locksAtMs: null });

/** An instance where an account of the domain was seen. */
export interface SeenAt {
  readonly id: InstanceId;
  readonly name: string;
  readonly accountKey: string;
}

const isThis = (row: AccountView, account: DirectoryAccount, domain: KnownDomain): boolean =>
  isDecidedBy(domain, row) &&
  (row.sid === null ? row.name.toLowerCase() === account.name.toLowerCase() : row.sid === account.key);

/** Where an account of the domain was seen, by name of the instance. */
export const seenAt = (
  account: DirectoryAccount,
  domain: KnownDomain,
  fleet: Readonly<Record<InstanceId, InstanceView>>,
  profiles: Readonly<Record<InstanceId, { readonly name: string }>>,
): SeenAt[] =>
  Object.values(fleet)
    .flatMap(({ id, accounts }) => {
      const row = accounts.find((one) => isThis(one, account, domain));
      return row ? [{ id, name: profiles[id]?.name ?? '', accountKey: row.key }] : [];
    })
    .sort((a, b) => a.name.localeCompare(b.name));

/** The directory that decides about an instance's domain account. */
export const directoryOf = (
  account: NamedAccount,
  profiles: readonly DirectoryProfile[],
  views: readonly DirectoryView[],
): DirectoryProfile | undefined =>
  profiles.find((profile) =>
    isDecidedBy(
      knownDomain(
        profile,
        views.find(({ id }) => id === profile.id),
      ),
      account,
    ),
  );

/** The directory that a page without one is about: the worst, then the first by name. */
export const firstDirectory = (
  profiles: readonly DirectoryProfile[],
  views: readonly DirectoryView[],
): DirectoryId | undefined => {
  const rank = (id: DirectoryId): number =>
    statusOrder.indexOf(views.find((view) => view.id === id)?.status ?? 'unknown');
  return [...profiles].sort((a, b) => rank(a.id) - rank(b.id) || a.name.localeCompare(b.name))[0]?.id;
};

/** Changes whenever the list of accounts may be another one: then it is asked for again. */
export const accountsStamp = ({ locked, counting, accounts, lastFull }: DirectoryView): string =>
  JSON.stringify([
    locked,
    counting,
    lastFull?.atMs ?? 0,
    accounts.map(({ key, status, badPasswordCount }) => [key, status, badPasswordCount]),
  ]);

/** Whether what was read then is too old to rely on. */
export const isOld = (readAtMs: number, { nowMs, staleAfterSeconds, windowStale }: Freshness): boolean =>
  windowStale || nowMs - readAtMs > staleAfterSeconds * 1000;
