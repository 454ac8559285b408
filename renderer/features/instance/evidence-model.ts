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

/** What says something about lockouts; `other` is the rest, such as connections and second events of one attempt. */
const tellingKinds = evidenceKinds.filter((kind) => kind !== 'other');

export interface EvidenceFilter {
  readonly kind: EvidenceRow['kind'] | 'telling' | 'all';
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
    kinds: filter.kind === 'all' ? null : filter.kind === 'telling' ? tellingKinds : [filter.kind],
    account: filter.account,
    text: text === '' ? null : text,
    before: last ? { atMs: last.atMs, id: last.id } : null,
    limit: PAGE,
  };
}
