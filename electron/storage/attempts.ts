import type { DatabaseSyncInstance } from '@photostructure/sqlite';

/** What one address did at an instance, all accounts together. */
export interface AddressSurvey {
  readonly address: string | null;
  readonly names: number;
  readonly failures: number;
  readonly successes: number;
}

/** Failures, successes and unlocks of accounts that exist, in the order of time. */
export interface AttemptRow {
  readonly id: number;
  readonly atMs: number;
  readonly account: string;
  readonly address: string | null;
  readonly what: 'wrong' | 'refused' | 'right' | 'unlocked';
}

export interface AttemptsQuery {
  readonly instanceId: string;
  readonly fromMs: number;
  readonly toMs: number;
}

const SCOPE = 'instance = (SELECT id FROM instance WHERE uuid = ?) AND at_ms >= ? AND at_ms < ?';

export function surveyAddresses(
  database: DatabaseSyncInstance,
  { instanceId, fromMs, toMs }: AttemptsQuery,
): AddressSurvey[] {
  return database
    .prepare(
      `SELECT address, count(DISTINCT account) AS names, sum(kind IN (1, 2)) AS failures, sum(kind = 5) AS successes
       FROM evidence WHERE ${SCOPE} AND kind IN (1, 2, 5) GROUP BY address`,
    )
    .all(instanceId, fromMs, toMs);
}

/** The rows after a cursor (milliseconds and row id), at most `limit`, oldest first. */
export function attemptsAfter(
  database: DatabaseSyncInstance,
  { instanceId, fromMs, toMs }: AttemptsQuery,
  after: { readonly atMs: number; readonly id: number },
  limit: number,
): AttemptRow[] {
  return database
    .prepare(
      `SELECT id, at_ms AS atMs, account, address,
         CASE kind WHEN 1 THEN 'wrong' WHEN 2 THEN 'refused' WHEN 4 THEN 'unlocked' ELSE 'right' END AS what
       FROM evidence
       WHERE ${SCOPE} AND account IS NOT NULL AND (at_ms, id) > (?, ?)
         AND (kind IN (1, 4, 5) OR (kind = 2 AND explanation ->> '$.key' = 'evidence.why.lockedOut'))
       ORDER BY at_ms, id LIMIT ?`,
    )
    .all(instanceId, fromMs, toMs, after.atMs, after.id, limit);
}
