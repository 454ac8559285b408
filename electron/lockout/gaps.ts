import type { Gap } from './types';

const GAPS_KEPT = 16;

/** The gaps by time with one more; the oldest make room. */
export function withGap(gaps: readonly Gap[], gap: Gap): readonly Gap[] {
  if (gaps.some((g) => g.at === gap.at && g.reason === gap.reason && g.channel === gap.channel)) return gaps;
  const next = [...gaps, gap].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return next.slice(-GAPS_KEPT);
}
