import type { IncidentEvidenceQuery } from '../../shared/incident';
import { isSameAccount } from './rules/blocks';
import type { IncidentCore } from './rules/types';

/** Failures before an incident was opened belong to it back to here, milliseconds. */
const LOOK_BACK_MS = 24 * 60 * 60_000;
const BUCKETS = 120;

const keysOf = (core: IncidentCore): string[] =>
  core.accounts.flatMap(({ key, formerKeys }) => [key, ...formerKeys]);

/**
 * Which failures of the instance belong to an incident at `nowMs` (milliseconds): of an attack all but those of the
 * instance's other incidents, whatever names it tried; otherwise those of its accounts. They begin at most a day
 * before it was opened, and not before an earlier incident about the same was over.
 */
export function scopeOf(
  core: IncidentCore,
  others: readonly IncidentCore[],
  nowMs: number,
): IncidentEvidenceQuery {
  const own = new Set(keysOf(core));
  const apart = others.filter((one) => one.id !== core.id && one.closedBy !== 'joined');
  const before = apart
    .filter(
      (one) =>
        (core.attack !== null && one.attack !== null) ||
        one.accounts.some((account) => core.accounts.some((mine) => isSameAccount(account, mine))),
    )
    .flatMap(({ closedAtMs }) => (closedAtMs !== null && closedAtMs <= core.openedAtMs ? [closedAtMs] : []));
  const except = new Set(
    apart
      .filter(({ attack }) => attack === null)
      .flatMap(keysOf)
      .filter((key) => !own.has(key)),
  );
  return {
    id: core.instanceId,
    fromMs: Math.max(core.openedAtMs - LOOK_BACK_MS, ...before),
    toMs: Math.max(core.openedAtMs, core.closedAtMs ?? nowMs),
    buckets: BUCKETS,
    accounts: core.attack === null ? [...own] : null,
    except: core.attack === null ? [] : [...except].slice(0, 1000),
  };
}
