import type { InstanceView, Phrase } from '../../../shared/account-status';
import type { Settings } from '../../../shared/settings';
import type { Destination } from '../../../shared/snapshot';
import type { Clock } from '../../watch/clock';
import type { Words } from '../words';
import type { Decision, NotificationValue } from './notification';
import { decideNotifications } from './notification-policy';
import { emptyMemory } from './policy-memory';

export interface Toast {
  readonly title: string;
  readonly body: string;
  readonly urgency: 'normal' | 'critical' | 'low';
  /** A newer state of one that made its sound already. */
  readonly silent: boolean;
  readonly groupId: string;
}

interface ToastHandle {
  close(): void;
}

/** Puts toasts on the screen; the real one is Electron's. */
export interface Toasts {
  show(toast: Toast, onClick: () => void): ToastHandle;
}

/** From where an account's failures came: the busiest address and how many others there are. */
export interface SourcesInShort {
  readonly address: string;
  readonly others: number;
}

export interface NotificationCenterOptions {
  readonly toasts: Toasts;
  readonly clock: Clock;
  readonly words: () => Words;
  readonly settings: () => Settings;
  readonly nameOf: (view: InstanceView) => string;
  /** Looked up when a lockout is shown; undefined when it is not known. */
  readonly describeSources: (
    about: NonNullable<NotificationValue['about']>,
  ) => Promise<SourcesInShort | undefined>;
  /** What a click does. It shows; it never acts. */
  readonly navigate: (to: Destination) => void;
  readonly practice: boolean;
  readonly onDecision?: (decision: Decision) => void;
}

export interface NotificationCenter {
  /** Takes in the fleet as it is now and says what there is to say. */
  update(fleet: readonly InstanceView[]): void;
  /** Says what belongs to no account, unless notifications are paused. */
  announce(value: NotificationValue): void;
  /** The newest decisions, with the reason where nothing was said. */
  recent(): readonly Decision[];
  dispose(): void;
}

/** A notification does not wait longer than this for its details. */
const DETAILS_MS = 1000;
const RECENT = 200;

/** Carries out what the policy decides: shows, brings up to date, and takes away what is no longer true. */
export function createNotificationCenter(options: NotificationCenterOptions): NotificationCenter {
  const { clock } = options;
  const onScreen = new Map<string, ToastHandle>();
  let memory = emptyMemory;
  let recent: readonly Decision[] = [];
  let latest: readonly InstanceView[] = [];
  let cancelTimer: (() => void) | undefined;
  let disposed = false;

  function update(fleet: readonly InstanceView[]): void {
    latest = fleet;
    const nowMs = clock.now();
    const { nameOf } = options;
    const output = decideNotifications({ memory, fleet, nowMs, settings: options.settings(), nameOf });
    memory = output.memory;
    cancelTimer?.();
    cancelTimer = undefined;
    if (output.nextMs !== null) {
      cancelTimer = clock.after(Math.max(1, output.nextMs - nowMs), () => update(latest));
    }
    for (const decision of output.decisions) carryOut(decision);
  }

  function carryOut(decision: Decision): void {
    recent = [...recent, decision].slice(-RECENT);
    options.onDecision?.(decision);
    if (decision.outcome !== 'suppressed') void show(decision.value, decision.outcome === 'updated');
  }

  async function show(value: NotificationValue, silent: boolean): Promise<void> {
    const details = value.about ? await withinTime(options.describeSources(value.about), clock) : undefined;
    if (disposed) return;
    for (const key of [value.throttleKey, ...value.closes]) {
      onScreen.get(key)?.close();
      onScreen.delete(key);
    }
    const say = options.words();
    const title = say(value.title);
    const handle = options.toasts.show(
      {
        title: options.practice ? say({ key: 'notification.practice', params: { title } }) : title,
        body: sentence(bodyOf(value, details).map(say)),
        urgency: value.severity === 'critical' ? 'critical' : value.severity === 'warning' ? 'normal' : 'low',
        silent,
        groupId: value.groupId,
      },
      () => options.navigate(value.destination),
    );
    onScreen.set(value.throttleKey, handle);
  }

  return {
    update,
    announce(value) {
      const until = options.settings().notificationsPausedUntilMs;
      const paused = until !== null && clock.now() < until;
      carryOut(paused ? { outcome: 'suppressed', value, reason: 'paused' } : { outcome: 'shown', value });
    },
    recent: () => recent,
    dispose() {
      disposed = true;
      cancelTimer?.();
      onScreen.clear();
    },
  };
}

function bodyOf(value: NotificationValue, details: SourcesInShort | undefined): readonly Phrase[] {
  if (!details) return value.body;
  const rest = value.body.filter(({ key }) => !key.startsWith('notification.by.'));
  return [{ key: 'notification.by.address', params: { ...details } }, ...rest];
}

/** Parts in their order, as one sentence. */
function sentence(parts: readonly string[]): string {
  const text = parts.join('; ');
  return text.slice(0, 1).toLocaleUpperCase() + text.slice(1);
}

function withinTime<T>(promise: Promise<T | undefined>, clock: Clock): Promise<T | undefined> {
  return new Promise((resolve) => {
    const cancel = clock.after(DETAILS_MS, () => resolve(undefined));
    const settle = (value: T | undefined): void => {
      cancel();
      resolve(value);
    };
    promise.then(settle, () => settle(undefined));
  });
}
