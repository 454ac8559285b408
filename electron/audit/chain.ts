import { createHash } from 'node:crypto';
import { type AuditRecord, type AuditRow, auditRowSchema } from '../../shared/audit';
import { canonicalJson } from './canonical';

/** What a chain begins with when there is no row to join on. */
export const NO_HASH = '0'.repeat(64);

const hashOf = (row: Omit<AuditRow, 'hash'>): string =>
  createHash('sha256')
    .update(row.previous + canonicalJson(row), 'utf8')
    .digest('hex');

export function sealRow(record: AuditRecord, seq: number, atMs: number, previous: string): AuditRow {
  const row = { ...record, seq, atMs, previous };
  return { ...row, hash: hashOf(row) };
}

export interface ChainEnd {
  readonly seq: number;
  readonly hash: string;
}

export type CheckedLine =
  | { readonly kind: 'ok'; readonly row: AuditRow }
  | { readonly kind: 'changed' | 'unreadable' };

/** The row of a line as it was written, whether or not it belongs where it stands; null when it is none. */
export function parseRow(text: string): AuditRow | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = auditRowSchema.safeParse(value);
  return parsed.success ? parsed.data : null;
}

/**
 * Decides whether a line follows on the row before it. `before` is null at the beginning of a file, where any
 * number may stand and the hash before it is checked by whoever knows the file before.
 */
export function checkLine(text: string, before: ChainEnd | null): CheckedLine {
  const row = parseRow(text);
  if (!row) return { kind: 'unreadable' };
  const { hash, ...rest } = row;
  const fits = before === null || (row.previous === before.hash && row.seq === before.seq + 1);
  // The text itself is compared too: a key added by hand would be dropped by the schema unseen.
  return fits && hash === hashOf(rest) && canonicalJson(row) === text
    ? { kind: 'ok', row }
    : { kind: 'changed' };
}
