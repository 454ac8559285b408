import type { Filetime } from '../../shared/time';
import { paceOf, rhythmOf } from './pace';
import { exemption, policyFor } from './policy-facts';
import type { AccountRecord, AccountStatus, Forecast, InstanceModel, Reason } from './types';

const reason = (name: string): Reason => ({ key: `lockout.forecast.${name}`, params: {} });

/**
 * What comes next for an account whose `status` was evaluated at the same `now` (ticks, instance's clock) (R30). While
 * the status is unknown nothing is foretold; counts from events are upper bounds, so the lock may come later.
 */
export function forecast(
  model: InstanceModel,
  record: AccountRecord,
  status: AccountStatus,
  now: Filetime,
): Forecast {
  const policy = policyFor(model, record);
  const pace = paceOf(record, now);
  const nothing: Forecast = {
    remaining: null,
    countResetsAt: null,
    autoUnlockAt: status.autoUnlockAt,
    pace,
    locksAt: null,
    relocksAt: null,
    relockAfter: null,
    neverLocksAlone: false,
    reasons: [],
  };
  if (!policy) return { ...nothing, reasons: [reason('noPolicy')] };
  if (policy.threshold === 0) return { ...nothing, remaining: 'infinite', reasons: [reason('neverLocks')] };
  if (exemption(policy, record.ref) === 'exempt') {
    return { ...nothing, remaining: 'infinite', reasons: [reason('administratorExempt')] };
  }
  if (status.state === 'unknown') return { ...nothing, reasons: [reason('statusUnknown')] };
  const count = status.badPasswordCount ?? 0;
  const remaining = status.state === 'locked' ? 0 : Math.max(0, policy.threshold - count);
  const resets = record.state.badPasswordTime + policy.observationWindow + 1n;
  const countResetsAt = count > 0 && resets > now ? resets : null;
  const known: Forecast = { ...nothing, remaining, countResetsAt };
  const rhythm = rhythmOf(record);
  if (rhythm && rhythm.period > policy.observationWindow && rhythm.burst < policy.threshold) {
    return { ...known, neverLocksAlone: true, reasons: [reason('neverLocksAlone')] };
  }
  if (!pace) return { ...known, reasons: [reason('tooFewFailures')] };
  if (!pace.alive) return { ...known, reasons: [reason('stopped')] };
  if (pace.meanInterval > policy.observationWindow) return { ...known, reasons: [reason('tooSlow')] };
  const relockAfter = BigInt(policy.threshold) * pace.meanInterval;
  if (status.state === 'locked') {
    const { autoUnlockAt } = status;
    const relocksAt = typeof autoUnlockAt === 'bigint' ? autoUnlockAt + relockAfter : null;
    return { ...known, relockAfter, relocksAt, reasons: [reason('relocks')] };
  }
  const due = pace.lastAt + BigInt(remaining) * pace.meanInterval;
  return { ...known, relockAfter, locksAt: due > now ? due : now, reasons: [reason('locksAtThisPace')] };
}
