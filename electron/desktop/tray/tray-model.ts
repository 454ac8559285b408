import {
  type AccountView,
  type InstanceView,
  type Phrase,
  type Status,
  statusOrder,
  worstStatus,
} from '../../../shared/account-status';
import type { InstanceId } from '../../../shared/instance';
import type { Destination, Snapshot } from '../../../shared/snapshot';
import { checklistItems } from './tray-checklist';
import { isIsolated, isolateItems, isolationItems } from './tray-isolation';

export type PauseUntil = 'oneHour' | 'tomorrow' | 'resume';

export type TrayAction =
  | { readonly do: 'open' }
  | { readonly do: 'navigate'; readonly to: Destination }
  | { readonly do: 'pause'; readonly until: PauseUntil }
  | { readonly do: 'quit' };

/** A moment in a phrase's values, in milliseconds, is called `atMs`. */
export type TrayItem =
  | { readonly kind: 'separator' }
  | { readonly kind: 'note'; readonly label: Phrase }
  | { readonly kind: 'action'; readonly label: Phrase; readonly action: TrayAction }
  | { readonly kind: 'menu'; readonly label: Phrase; readonly items: readonly TrayItem[] };

/** `isolated` shows when nothing is worse: no account is locked or counting, and no instance unknown. */
export type TrayStatus = Status | 'isolated';

/** What the tray shows: values without words, so that two of them can be compared. */
export interface TrayView {
  readonly status: TrayStatus;
  /** How many there are of what the status says: accounts, or instances when they are unknown or isolated. */
  readonly count: number;
  readonly summary: Phrase;
  readonly items: readonly TrayItem[];
}

export interface TrayInput {
  readonly fleet: readonly InstanceView[];
  readonly isolation: Snapshot['isolation'];
  /** Of the open incidents. */
  readonly checklists: Snapshot['checklists'];
  readonly nameOf: (id: InstanceId) => string;
  readonly notificationsPausedUntilMs: number | null;
  readonly nowMs: number;
  readonly practice: boolean;
}

/** More lines than this make a menu that no one reads. */
export const AFFECTED_SHOWN = 8;

interface Affected {
  readonly rank: number;
  readonly name: string;
  readonly label: Phrase;
  readonly to: Destination;
}

const phrase = (key: string, params: Phrase['params'] = {}): Phrase => ({ key, params });
const action = (key: string, what: TrayAction): TrayItem => ({
  kind: 'action',
  label: phrase(key),
  action: what,
});
const separator: TrayItem = { kind: 'separator' };

/**
 * What the tray shows for this fleet: the worst state with its count, and a menu with the affected accounts
 * first. An instance that is not watched has no part in it; one whose state is unknown is never shown as clear.
 */
export function trayView(input: TrayInput): TrayView {
  const watched = input.fleet.filter(({ connection }) => connection !== 'off');
  const isolated = input.isolation.filter(isIsolated).length;
  const worst = worstStatus(watched.map((view) => view.status));
  const nothingWorse = worst === 'clear' || watched.length === 0;
  const status: TrayStatus = nothingWorse && isolated > 0 ? 'isolated' : worst;
  const count = status === 'isolated' ? isolated : countOf(worst, watched);
  return {
    status,
    count,
    summary:
      watched.length === 0 && status !== 'isolated'
        ? phrase('tray.summary.none')
        : phrase(`tray.summary.${status}`, { count: status === 'clear' ? watched.length : count }),
    items: [
      ...(input.practice ? [{ kind: 'note' as const, label: phrase('tray.practice') }] : []),
      ...affectedItems(watched, input.nameOf),
      ...checklistItems(input),
      ...isolationItems(input),
      ...isolateItems(input),
      ...pauseItems(input),
      separator,
      action('tray.open', { do: 'open' }),
      action('tray.settings', { do: 'navigate', to: { page: 'settings' } }),
      separator,
      action('tray.quit', { do: 'quit' }),
    ],
  };
}

function countOf(status: Status, watched: readonly InstanceView[]): number {
  if (status === 'clear') return 0;
  const concerned = watched.filter((view) => view.status === status);
  if (status === 'unknown') return concerned.length;
  const accounts = concerned.flatMap((view) => view.accounts).filter((account) => account.status === status);
  return Math.max(accounts.length, concerned.length);
}

function affectedItems(watched: readonly InstanceView[], nameOf: TrayInput['nameOf']): readonly TrayItem[] {
  const affected = watched
    .flatMap((view) => affectedOf(view, nameOf(view.id)))
    .sort((a, b) => a.rank - b.rank || a.name.localeCompare(b.name));
  if (affected.length === 0) return [];
  const shown = affected
    .slice(0, AFFECTED_SHOWN)
    .map(({ label, to }): TrayItem => ({ kind: 'action', label, action: { do: 'navigate', to } }));
  const hidden = affected.length - shown.length;
  const more: TrayItem = {
    kind: 'action',
    label: phrase('tray.more', { count: hidden }),
    action: { do: 'navigate', to: { page: 'fleet' } },
  };
  return [...shown, ...(hidden > 0 ? [more] : []), separator];
}

function affectedOf(view: InstanceView, instance: string): readonly Affected[] {
  if (view.status === 'clear') return [];
  const rank = (status: Status): number => statusOrder.indexOf(status);
  const accounts = view.accounts
    .filter(({ status }) => status === 'locked' || status === 'counting')
    .map((account) => ({
      rank: rank(account.status),
      name: `${instance}/${account.name}`,
      label: accountLabel(account, instance),
      to: { page: 'instance', instanceId: view.id, accountKey: account.key } as const,
    }));
  if (accounts.some((account) => account.rank === rank(view.status))) return accounts;
  const own: Affected = {
    rank: rank(view.status),
    name: instance,
    label: phrase(`tray.instance.${view.status}`, { instance }),
    to: { page: 'instance', instanceId: view.id, accountKey: null },
  };
  return [own, ...accounts];
}

function accountLabel(account: AccountView, instance: string): Phrase {
  const names = { account: account.name, instance };
  if (account.status === 'locked') {
    if (account.lockedUntilAdmin) return phrase('tray.account.lockedUntilAdmin', names);
    if (account.autoUnlockAtMs === null) return phrase('tray.account.locked', names);
    return phrase('tray.account.lockedUntil', { ...names, atMs: account.autoUnlockAtMs });
  }
  const count = account.badPasswordCount ?? account.failuresCounted;
  return account.threshold
    ? phrase('tray.account.countingOf', { ...names, count, threshold: account.threshold })
    : phrase('tray.account.counting', { ...names, count });
}

function pauseItems({ notificationsPausedUntilMs, nowMs }: TrayInput): readonly TrayItem[] {
  if (notificationsPausedUntilMs !== null && nowMs < notificationsPausedUntilMs) {
    const label = phrase('tray.resume', { atMs: notificationsPausedUntilMs });
    return [{ kind: 'action', label, action: { do: 'pause', until: 'resume' } }];
  }
  const items = (['oneHour', 'tomorrow'] as const).map((until) =>
    action(`tray.pause.${until}`, { do: 'pause', until }),
  );
  return [{ kind: 'menu', label: phrase('tray.pause'), items }];
}
