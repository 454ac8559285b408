import type { Phrase } from '../../../shared/account-status';
import type { InstanceId } from '../../../shared/instance';
import type { Destination } from '../../../shared/snapshot';

/** `isolation` and `address` are what the admin began, or has to decide: kept back by a pause, without a switch. */
export type Category = 'lockout' | 'imminent' | 'unlock' | 'unreachable' | 'isolation' | 'address';

/** What there is to say, before anybody has decided whether it is said. */
export interface NotificationValue {
  /** Names what happened: the same lock has the same key however often it is seen. */
  readonly key: string;
  readonly category: Category;
  readonly severity: 'info' | 'warning' | 'critical';
  readonly title: Phrase;
  /** Sentences of the body, in their order. */
  readonly body: readonly Phrase[];
  /** Notifications that belong together on the screen. */
  readonly groupId: string;
  /** What is not said twice within a while. */
  readonly throttleKey: string;
  readonly destination: Destination;
  /** What it is about, for the details that are looked up only when it is shown. */
  readonly about: {
    readonly instanceId: InstanceId;
    readonly accountKey: string;
    readonly sinceMs: number;
  } | null;
  /** Throttle keys of notifications on the screen that this one makes untrue. */
  readonly closes: readonly string[];
}

type Silence = 'switchedOff' | 'paused' | 'throttled' | 'grouped' | 'alreadyShown' | 'catchingUp';

/** What became of a value, and why it stayed unsaid. */
export type Decision =
  | { readonly outcome: 'shown'; readonly value: NotificationValue }
  /** Takes the place of one on the screen, without a sound. */
  | { readonly outcome: 'updated'; readonly value: NotificationValue }
  | { readonly outcome: 'suppressed'; readonly value: NotificationValue; readonly reason: Silence };
