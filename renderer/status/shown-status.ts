import type { InstanceView, Phrase, Status } from '../../shared/account-status';

export interface ShownStatus {
  readonly status: Status;
  /** Always set when the status is unknown. */
  readonly reason: Phrase | null;
  readonly checkedAtMs: number | null;
  /** What it was before the reading grew old; null when the status is as main says. */
  readonly lastKnown: Status | null;
}

const phrase = (key: string): Phrase => ({ key, params: {} });

/** Main turns an old reading into unknown by itself; the window does so too when main falls silent. */
const GRACE_SECONDS = 5;

/**
 * The status to show at `nowMs`. What is not freshly known is unknown with its reason: a reading older than
 * `staleAfterSeconds`, a window that lost touch with main, an instance that was never read.
 */
export function shownStatus(
  view: Pick<InstanceView, 'status' | 'reason' | 'checkedAtMs'> | undefined,
  nowMs: number,
  staleAfterSeconds: number,
  windowStale: boolean,
): ShownStatus {
  if (!view || (view.status !== 'unknown' && view.checkedAtMs === null)) {
    return {
      status: 'unknown',
      reason: phrase('status.reason.neverRead'),
      checkedAtMs: null,
      lastKnown: null,
    };
  }
  const { status, reason, checkedAtMs } = view;
  if (status === 'unknown') {
    return { status, reason: reason ?? phrase('status.reason.notSaid'), checkedAtMs, lastKnown: null };
  }
  const late = checkedAtMs !== null && nowMs - checkedAtMs > (staleAfterSeconds + GRACE_SECONDS) * 1000;
  if (late)
    return { status: 'unknown', reason: phrase('status.reason.tooOld'), checkedAtMs, lastKnown: status };
  if (windowStale) {
    return { status: 'unknown', reason: phrase('status.reason.windowStale'), checkedAtMs, lastKnown: status };
  }
  return { status, reason, checkedAtMs, lastKnown: null };
}
