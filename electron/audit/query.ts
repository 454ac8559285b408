import type { AuditQuery, AuditRow } from '../../shared/audit';

/** Whether a row is among what is asked for. Pure. */
export function matchesQuery(row: AuditRow, query: AuditQuery): boolean {
  if (query.actions.length > 0 && !query.actions.includes(row.action)) return false;
  if (query.instanceId !== null && row.instance?.instanceId !== query.instanceId) return false;
  if (query.fromMs !== null && row.atMs < query.fromMs) return false;
  if (query.toMs !== null && row.atMs > query.toMs) return false;
  const wanted = query.search.trim().toLowerCase();
  if (wanted === '') return true;
  return [
    row.admin,
    row.reason,
    row.incident,
    row.before,
    row.after,
    row.error ?? '',
    row.action,
    row.outcome,
    row.entryId ?? '',
    row.instance?.name ?? '',
    row.instance?.instanceId ?? '',
    row.instance?.region ?? '',
    ...row.requestIds,
  ].some((text) => text.toLowerCase().includes(wanted));
}
