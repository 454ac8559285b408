import type { EvidenceQuery, EvidenceRow } from '../../../shared/evidence-view';

export const evidenceKinds = [
  'failure',
  'failureNotCounted',
  'lock',
  'unlock',
  'success',
  'gap',
  'hint',
  'other',
] as const satisfies readonly EvidenceRow['kind'][];

export interface EvidenceFilter {
  readonly kind: EvidenceRow['kind'] | null;
  readonly account: string | null;
  readonly text: string;
}

const PAGE = 100;

/** The question for one page: the newest, or those before the last row that is shown. */
export function queryOf(
  instanceId: string,
  filter: EvidenceFilter,
  last: EvidenceRow | undefined,
): EvidenceQuery {
  const text = filter.text.trim();
  return {
    instanceId,
    kinds: filter.kind === null ? null : [filter.kind],
    account: filter.account,
    text: text === '' ? null : text,
    before: last ? { atMs: last.atMs, id: last.id } : null,
    limit: PAGE,
  };
}
