import type { Phrase } from '../../../shared/account-status';
import type { AppError } from '../../../shared/errors';
import type { IsolationState, Plan, Verification } from '../../../shared/isolation';
import type { NetworkChange, NetworkSnapshot } from '../../../shared/network';
import { evaluateExposure } from '../exposure';
import { missingEffects } from './effects';

export interface Judgement {
  /** What may be said; null: not yet, read again. */
  readonly state: Extract<IsolationState, 'isolated' | 'restoredToTrust' | 'restored'> | null;
  readonly verification: Verification;
  /** Every change is found and the port is open all the same. */
  readonly contradicted: boolean;
}

/**
 * Judges a run by what was read after it: success only if every change is found and the exposure function says what
 * the plan promised. Never by the answers to the calls. `overlays` are the denying groups of the entry: the original
 * is not back while an interface carries one, which the last group of an interface does. Pure.
 */
export function judgeRun(
  plan: Plan,
  done: readonly NetworkChange[],
  now: NetworkSnapshot,
  overlays: readonly string[],
): Judgement {
  const exposure = evaluateExposure(now, plan.rdpPort, plan.trusted);
  const verification: Verification = {
    atMs: now.takenAtMs,
    verdict: exposure.verdict,
    reasons: exposure.reasons,
    remaining: exposure.remaining,
    probe: 'notTried',
  };
  const found = missingEffects(done, now).length === 0;
  return {
    state: found ? stateOf(plan, exposure, now, overlays) : null,
    verification,
    contradicted: found && plan.kind !== 'undo' && exposure.verdict === 'open',
  };
}

function stateOf(
  plan: Plan,
  exposure: ReturnType<typeof evaluateExposure>,
  now: NetworkSnapshot,
  overlays: readonly string[],
): Judgement['state'] {
  switch (plan.kind) {
    case 'isolate':
      return exposure.verdict === 'closed' && exposure.udp === 'closed' ? 'isolated' : null;
    case 'restoreToTrust':
    case 'followAddress':
      return exposure.verdict === plan.expected ? 'restoredToTrust' : null;
    case 'undo':
      return exposure.verdict === plan.expected &&
        !now.interfaces.some(({ groupIds }) => groupIds.some((id) => overlays.includes(id)))
        ? 'restored'
        : null;
  }
}

/** The verification when nothing could be read. */
export const unreadVerification = (atMs: number, error: AppError): Verification => ({
  atMs,
  verdict: 'unknown',
  reasons: [{ key: error.messageKey, params: error.params } satisfies Phrase],
  remaining: [],
  probe: 'notTried',
});

/** Pauses between readings after the last change, milliseconds: 1, 2, 4 ... and a minute in all. */
export const verifyPausesMs: readonly number[] = [1000, 2000, 4000, 8000, 16_000, 29_000];
