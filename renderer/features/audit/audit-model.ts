import {
  type AuditAction,
  type AuditBreak,
  type AuditOutcome,
  type AuditQuery,
  type AuditRow,
  auditActionSchema,
} from '../../../shared/audit';

export const auditActions: readonly AuditAction[] = auditActionSchema.options;

export const periods = ['all', 'day', 'week', 'month'] as const;
export type Period = (typeof periods)[number];
const periodMs: Readonly<Record<Period, number | null>> = {
  all: null,
  day: 86_400_000,
  week: 7 * 86_400_000,
  month: 30 * 86_400_000,
};

export interface AuditFilter {
  readonly search: string;
  readonly action: AuditAction | null;
  /** The cloud's id of the instance. */
  readonly instanceId: string | null;
  readonly period: Period;
}
export const noFilter: AuditFilter = { search: '', action: null, instanceId: null, period: 'all' };
export const isFiltered = (filter: AuditFilter): boolean =>
  filter.search.trim() !== '' ||
  filter.action !== null ||
  filter.instanceId !== null ||
  filter.period !== 'all';

export const PAGE_ROWS = 100;

/** The question for one page; `beforeSeq` null asks from the newest on. */
export function queryOf(filter: AuditFilter, beforeSeq: number | null, nowMs: number): AuditQuery {
  const span = periodMs[filter.period];
  return {
    search: filter.search.trim(),
    actions: filter.action === null ? [] : [filter.action],
    instanceId: filter.instanceId,
    fromMs: span === null ? null : nowMs - span,
    toMs: null,
    beforeSeq,
    limit: PAGE_ROWS,
  };
}

/** `warning` for what is not known to have worked; green is for what succeeded, nothing else. */
export function outcomeTone(outcome: AuditOutcome): 'good' | 'warning' | 'danger' | 'plain' {
  switch (outcome) {
    case 'succeeded':
      return 'good';
    case 'unverified':
    case 'cancelled':
      return 'warning';
    case 'failed':
      return 'danger';
    default:
      return 'plain';
  }
}

/** A break is an event in time of its own: each is shown once. */
export const breakKey = ({ file, line, kind }: AuditBreak): string => `${kind} ${file} ${line}`;

/** What stands in the row when there are two values. */
export const changeOf = ({ before, after }: Pick<AuditRow, 'before' | 'after'>): string =>
  before === '' || after === '' ? before || after : `${before} → ${after}`;
