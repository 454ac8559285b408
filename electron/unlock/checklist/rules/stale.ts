import type { AccountView, Phrase } from '../../../../shared/account-status';
import { finding, type Said } from './finding';
import { phrase, type Situation } from './situation';
import type { Finding } from './types';

const MINUTE_MS = 60_000;

const between = (least: number, value: number, most: number): number =>
  Math.min(most, Math.max(least, value));

/**
 * How long nothing may fail before it counts as quiet, milliseconds: many times the pace of an attack, three periods
 * of something that tries again and again. Where the pace is not known, the observation window.
 */
export function quietSpanMs({ stale, memory, input }: Situation): number {
  const pace = memory.paceSeconds;
  const window = (input.view?.policy?.observationWindowSeconds ?? 600) * 1000;
  if (stale) return between(5 * MINUTE_MS, pace === null ? window : 3 * pace * 1000, 60 * MINUTE_MS);
  return between(2 * MINUTE_MS, pace === null ? window : 20 * pace * 1000, 15 * MINUTE_MS);
}

/** Whole minutes for a sentence. */
export const minutesOf = (ms: number): number => Math.max(1, Math.round(ms / MINUTE_MS));

/** What still uses the old password; null where nothing points that way. Pure. */
export function staleCredentials(situation: Situation): Finding | null {
  const { stale, focus, unlocked, input } = situation;
  if (!stale || !focus) return null;
  const account = focus.account;
  const own = account?.verdict.kind === 'ownDoing' || input.incident.verdict.kind === 'ownDoing';
  const say = (said: Said): Finding =>
    finding(
      'staleCredentials',
      own ? 'own' : 'any',
      { account: focus.name },
      {
        actions: [{ kind: 'openAccount', accountKey: focus.key }],
        evidence: account ? sourceOf(account) : null,
        ...said,
      },
    );
  if (!account) return say({ says: 'unknown' });
  const { failureAtMs } = account.proofs;
  const span = quietSpanMs(situation);
  const fromMs = Math.max(failureAtMs ?? 0, unlocked?.atMs ?? 0, input.incident.openedAtMs);
  const untilMs = fromMs + span;
  if (isObserved(situation, untilMs)) {
    const evidence = phrase('evidence.noMoreFailures', { account: focus.name, minutes: minutesOf(span) });
    return say({ says: 'shown', atMs: untilMs, evidence });
  }
  return say({ says: failureAtMs === null ? 'open' : 'against', atMs: failureAtMs });
}

/** Whether failures up to this instant would have been seen: the log was read after it, with failures audited. */
export const isObserved = ({ input, nowMs }: Situation, untilMs: number): boolean =>
  nowMs >= untilMs &&
  input.view !== null &&
  input.view.auditing === 'on' &&
  input.view.status !== 'unknown' &&
  input.view.checkedAtMs !== null &&
  input.view.checkedAtMs >= untilMs;

/** Where the last failure came from. */
function sourceOf({ lastSource }: AccountView): Phrase | null {
  if (lastSource === null) return null;
  const { address, workstation } = lastSource;
  if (address !== null && workstation !== null) {
    return phrase('evidence.sourceBoth', { address, workstation });
  }
  const source = address ?? workstation;
  return source === null ? null : phrase('evidence.source', { source });
}
