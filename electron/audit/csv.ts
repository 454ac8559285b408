import type { AuditRow } from '../../shared/audit';

/** A spreadsheet takes a cell that begins so for a formula, and runs it. */
const FORMULA = /^[\s]*[=+\-@|%＝＋－＠]|^[\t\r\n]/;

/** One cell: always quoted, and made harmless for spreadsheets by a leading apostrophe. */
export function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const harmless = FORMULA.test(value) ? `'${value}` : value;
  return `"${harmless.replaceAll('"', '""')}"`;
}

export const csvColumns = [
  'seq',
  'at',
  'action',
  'outcome',
  'admin',
  'instance',
  'instanceId',
  'region',
  'reason',
  'incident',
  'before',
  'after',
  'requestIds',
  'error',
  'entry',
  'previous',
  'hash',
] as const;

/** A row as a line of CSV (RFC 4180), times in UTC. */
export function csvLine(row: AuditRow): string {
  const cells: Record<(typeof csvColumns)[number], string | number> = {
    seq: row.seq,
    at: new Date(row.atMs).toISOString(),
    action: row.action,
    outcome: row.outcome,
    admin: row.admin,
    instance: row.instance?.name ?? '',
    instanceId: row.instance?.instanceId ?? '',
    region: row.instance?.region ?? '',
    reason: row.reason,
    incident: row.incident,
    before: row.before,
    after: row.after,
    requestIds: row.requestIds.join(' '),
    error: row.error ?? '',
    entry: row.entryId ?? '',
    previous: row.previous,
    hash: row.hash,
  };
  return `${csvColumns.map((column) => csvCell(cells[column])).join(',')}\r\n`;
}
