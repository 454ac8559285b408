import type { InstanceView, Phrase } from '../../shared/account-status';

const BLIND: readonly string[] = ['lockout.reason.failuresNotAudited', 'lockout.reason.locksNotAudited'];

/** What an instance's auditing leaves out, so that between two readings nothing can be seen; null: nothing. */
export const blindSpot = (view: Pick<InstanceView, 'doubts'>): Phrase | null =>
  view.doubts.find((doubt) => BLIND.includes(doubt.key)) ?? null;
