import type { AccountView, InstanceView } from '../../../shared/account-status';
import { IMMINENT_MS, LIVE_MS, SETTLE_MS } from './limits';
import type { Signal } from './types';

/**
 * What an instance's view says about incidents at `nowMs` (milliseconds): a locked account, an attack that goes on, a
 * lock that is about to come. What is unknown says nothing. A fresh lock without a verdict waits a moment for it:
 * `againAtMs` says until when.
 */
export function signalsOf(
  view: InstanceView,
  nowMs: number,
): { readonly signals: readonly Signal[]; readonly againAtMs: number | null } {
  const signals: Signal[] = [];
  let againAtMs: number | null = null;
  for (const account of view.accounts) {
    const signal = signalOf(account, nowMs);
    if (signal === null) continue;
    const unjudged = account.verdict.kind === 'undecided' && account.verdict.reasons.length === 0;
    const ageMs = nowMs - signal.evidenceAtMs;
    if (unjudged && ageMs < SETTLE_MS) {
      againAtMs = Math.min(againAtMs ?? Number.POSITIVE_INFINITY, nowMs + SETTLE_MS - ageMs);
    } else signals.push(signal);
  }
  return { signals, againAtMs };
}

function signalOf(account: AccountView, nowMs: number): Signal | null {
  if (account.status === 'unknown') return null;
  const { verdict, lastFailureAtMs } = account;
  const past = (atMs: number | null): number | null => (atMs === null ? null : Math.min(atMs, nowMs));
  const failedAtMs = past(lastFailureAtMs);
  const locked = account.status === 'locked';
  const lockedAtMs = locked ? past(account.lockedAtMs) : null;
  const live = failedAtMs !== null && nowMs - failedAtMs <= LIVE_MS;
  const attack = verdict.kind === 'attack' && (live || locked);
  const imminent = isImminent(account, nowMs);
  const opens = locked
    ? 'locked'
    : imminent
      ? 'imminent'
      : attack && verdict.confidence !== 'low'
        ? 'attack'
        : null;
  if (!locked && !attack && !imminent) return null;
  return {
    key: account.key,
    name: account.name,
    sid: account.sid,
    locked,
    lockedAtMs,
    attack,
    goesOn: imminent || (attack && live),
    opens,
    evidenceAtMs: locked ? (lockedAtMs ?? failedAtMs ?? nowMs) : (failedAtMs ?? nowMs),
    lastAtMs: Math.max(lockedAtMs ?? 0, failedAtMs ?? 0) || nowMs,
    address: account.lastSource?.address ?? null,
    verdict,
  };
}

function isImminent(account: AccountView, nowMs: number): boolean {
  if (account.status !== 'counting' || account.locksAtMs === null || account.remaining === 0) return false;
  return Math.abs(account.locksAtMs - nowMs) <= IMMINENT_MS;
}
