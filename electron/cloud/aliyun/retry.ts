import type { RetryKind } from './failures';

export interface RetryQuestion {
  readonly kind: RetryKind;
  /** How often this kind of failure has been answered by another attempt already. */
  readonly before: number;
  /**
   * Whether the call may be sent again although it may have taken effect: it reads, or it carries a client token.
   */
  readonly repeatable: boolean;
  /** 0 up to 1. */
  readonly jitter: number;
  /** Milliseconds, by the cloud's wish. */
  readonly retryAfterMs: number;
  /** The cloud's clock, milliseconds since 1970. */
  readonly cloudNowMs: number;
}

const MINUTE_MS = 60_000;
/** The cloud's `Date` counts whole seconds: the next minute may begin up to a second later than it seems. */
const DATE_GRAIN_MS = 1000;

const doubled = (firstMs: number, before: number, limitMs: number, jitter: number): number =>
  Math.min(limitMs, firstMs * 2 ** before) * (0.75 + jitter / 2);

/**
 * How long to wait before the next attempt, milliseconds; null when there is to be none. Pure.
 * A call that was throttled in one minute stays throttled until the next one begins, so it waits for that.
 */
export function nextAttemptIn(question: RetryQuestion): number | null {
  const { kind, before, repeatable, jitter } = question;
  switch (kind) {
    case 'throttled': {
      if (before >= 2) return null;
      const untilNextMinute = MINUTE_MS - (question.cloudNowMs % MINUTE_MS) + DATE_GRAIN_MS;
      return Math.max(question.retryAfterMs, untilNextMinute) + jitter * 2000;
    }
    case 'busy':
      return before >= 5 ? null : doubled(1000, before, 8000, jitter);
    case 'server':
      return repeatable && before < 3 ? doubled(500, before, 4000, jitter) : null;
    case 'network':
      return repeatable && before < 2 ? doubled(300, before, 2000, jitter) : null;
    case 'timeout':
      return repeatable && before < 1 ? doubled(300, before, 2000, jitter) : null;
    case 'skew':
    case 'expired':
      return before < 1 ? 0 : null;
    case null:
      return null;
  }
}
