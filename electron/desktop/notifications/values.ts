import type { AccountView, InstanceView, Phrase } from '../../../shared/account-status';
import type { Category, NotificationValue } from './notification';

const DAY_MS = 86_400_000;

const phrase = (key: string, params: Phrase['params'] = {}): Phrase => ({ key, params });

const destinationOf = (view: InstanceView, account: AccountView | null) =>
  ({ page: 'instance', instanceId: view.id, accountKey: account?.key ?? null }) as const;

const throttleKey = (category: Category, view: InstanceView, account: AccountView | null): string =>
  [category, view.id, account?.key ?? ''].join('|');

function cause(account: AccountView): readonly Phrase[] {
  const source = account.lastSource;
  if (source?.address != null)
    return [phrase('notification.by.address', { address: source.address, others: 0 })];
  if (source?.workstation != null)
    return [phrase('notification.by.workstation', { workstation: source.workstation })];
  return [];
}

function outlook(account: AccountView, nowMs: number): readonly Phrase[] {
  if (account.lockedUntilAdmin) return [phrase('notification.untilAdmin')];
  const atMs = account.autoUnlockAtMs;
  if (atMs === null) return [];
  return [phrase(atMs - nowMs < DAY_MS ? 'notification.untilTime' : 'notification.untilDate', { atMs })];
}

/** "Administrator on web-01 is locked". */
export function lockoutValue(
  view: InstanceView,
  account: AccountView,
  instance: string,
  nowMs: number,
): NotificationValue {
  return {
    key: `${throttleKey('lockout', view, account)}|${account.lockedAtMs ?? 'seen'}`,
    category: 'lockout',
    severity: 'critical',
    title: phrase('notification.lockout.title', { account: account.name, instance }),
    body: [...cause(account), ...outlook(account, nowMs)],
    groupId: view.id,
    throttleKey: throttleKey('lockout', view, account),
    destination: destinationOf(view, account),
    about: {
      instanceId: view.id,
      accountKey: account.key,
      sinceMs: (account.lockedAtMs ?? nowMs) - (view.policy?.observationWindowSeconds ?? 1800) * 1000,
    },
    closes: [throttleKey('imminent', view, account), throttleKey('unlock', view, account)],
  };
}

/** "Administrator on web-01 is about to lock". */
export function imminentValue(
  view: InstanceView,
  account: AccountView,
  instance: string,
  seconds: number,
): NotificationValue {
  const left =
    account.remaining !== null && account.threshold !== null
      ? [phrase('notification.imminent.left', { remaining: account.remaining, threshold: account.threshold })]
      : [];
  return {
    key: `${throttleKey('imminent', view, account)}|${account.locksAtMs ?? ''}`,
    category: 'imminent',
    severity: 'critical',
    title: phrase('notification.imminent.title', { account: account.name, instance }),
    body: [...left, phrase('notification.imminent.pace', { seconds }), ...cause(account)],
    groupId: view.id,
    throttleKey: throttleKey('imminent', view, account),
    destination: destinationOf(view, account),
    about: null,
    closes: [],
  };
}

/** "Administrator on web-01 is unlocked". */
export function unlockValue(
  view: InstanceView,
  account: AccountView,
  instance: string,
  byItself: boolean,
): NotificationValue {
  const again =
    account.relockSeconds === null
      ? []
      : [phrase('notification.unlock.again', { seconds: Math.round(account.relockSeconds) })];
  return {
    key: `${throttleKey('unlock', view, account)}|${account.lockedAtMs ?? ''}`,
    category: 'unlock',
    severity: 'info',
    title: phrase('notification.unlock.title', { account: account.name, instance }),
    body: [phrase(byItself ? 'notification.unlock.byItself' : 'notification.unlock.early'), ...again],
    groupId: view.id,
    throttleKey: throttleKey('unlock', view, account),
    destination: destinationOf(view, account),
    about: null,
    closes: [throttleKey('lockout', view, account)],
  };
}

/** "web-01 cannot be reached": what its accounts do is unknown from here on. */
export function unreachableValue(view: InstanceView, instance: string, sinceMs: number): NotificationValue {
  const failure = view.failure === null ? [] : [phrase(view.failure.messageKey, view.failure.params)];
  const key =
    view.connection === 'needsAdmin' ? 'notification.needsAdmin.title' : 'notification.unreachable.title';
  return {
    key: `${throttleKey('unreachable', view, null)}|${sinceMs}`,
    category: 'unreachable',
    severity: 'warning',
    title: phrase(key, { instance }),
    body: failure,
    groupId: view.id,
    throttleKey: throttleKey('unreachable', view, null),
    destination: destinationOf(view, null),
    about: null,
    closes: [],
  };
}
