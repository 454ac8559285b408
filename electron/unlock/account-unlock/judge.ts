import type { AccountView, Phrase } from '../../../shared/account-status';
import type {
  AccountInspection,
  UnlockAnswer,
  UnlockOutcome,
  UnlockPlan,
} from '../../../shared/account-unlock';
import type { AppError } from '../../../shared/errors';

const phrase = (key: string, params: Phrase['params'] = {}): Phrase => ({ key: `unlock.${key}`, params });

export interface PlanBasis {
  readonly account: AccountView;
  readonly inspection: AccountInspection;
  readonly where: string;
  /** Who is signed in there; null where that has no name. */
  readonly user: string | null;
  readonly isolated: boolean;
  readonly isolatable: boolean;
}

/** Isolating first helps against an attack that would lock the account again (product: relocks within half a minute). */
export function isolationAdvice({
  account,
  isolated,
  isolatable,
}: Pick<PlanBasis, 'account' | 'isolated' | 'isolatable'>): UnlockPlan['isolation'] {
  if (isolated) return 'done';
  if (account.verdict.kind !== 'attack') return 'notNeeded';
  return isolatable ? 'recommended' : 'recommendedNotPossible';
}

/**
 * What would be done, or why nothing may be: the account is gone, is the one that would do it, is not locked, or the
 * session lacks the right. Pure.
 */
export function judgeInspection(
  basis: PlanBasis,
): { readonly plan: UnlockPlan } | { readonly refusal: Phrase } {
  const { account, inspection, where } = basis;
  const user = basis.user ?? '';
  const found = inspection.account;
  if (!found) return { refusal: phrase('refusal.gone', { name: account.name, where }) };
  const name = found.name;
  if (inspection.self) return { refusal: phrase('refusal.self', { name, where }) };
  if (!found.locked) return { refusal: phrase('refusal.notLocked', { name, where }) };
  if (!inspection.elevated) return { refusal: phrase('refusal.notElevated', { user, where }) };
  return {
    plan: {
      name,
      sid: found.sid,
      domain: inspection.controller ? (inspection.controller.domain ?? account.domain) : null,
      builtinAdministrator: account.builtinAdministrator,
      disabled: account.disabled,
      scope: inspection.controller ? 'domain' : 'local',
      where,
      controller: inspection.controller,
      lockedAtMs: account.lockedAtMs,
      autoUnlockAtMs: account.autoUnlockAtMs,
      lockedUntilAdmin: account.lockedUntilAdmin,
      lastFailureAtMs: account.lastFailureAtMs,
      lastSource: account.lastSource?.address ?? account.lastSource?.workstation ?? null,
      paceSeconds: account.paceSeconds,
      relockSeconds: account.relockSeconds,
      verdict: account.verdict,
      isolation: isolationAdvice(basis),
    },
  };
}

/** Failures that certainly left everything as it was. */
const NOTHING_DONE = new Set([
  'account.notConnected',
  'windows.accessDenied',
  'app.invalidArgument',
  'app.notFound',
]);

/** What an attempt's failure means: refused, or nobody knows. Pure. */
export function judgeFailure(
  error: AppError,
  name: string,
  where: string,
): Exclude<UnlockOutcome, { kind: 'replaced' }> {
  if (error.code === 'windows.accessDenied') {
    return { kind: 'refused', text: phrase('refusal.denied', { name, where }), error };
  }
  if (NOTHING_DONE.has(error.code))
    return { kind: 'refused', text: phrase('refusal.nothingDone', { name, where }), error };
  return { kind: 'unknown', text: phrase('outcome.lost', { name, where }), error };
}

/**
 * What an attempt came to, by what was read before and after it. `changed`: it was not as shown, and nothing was done.
 * Never verified on hope: only a reading that says "not locked" is one. Pure.
 */
export function judgeAnswer(
  answer: UnlockAnswer,
  name: string,
  where: string,
): Exclude<UnlockOutcome, { kind: 'replaced' }> | { readonly kind: 'changed' } {
  if (answer.refused !== null || !answer.found) return { kind: 'changed' };
  const done = (verified: boolean, key: string): UnlockOutcome & { kind: 'done' } => ({
    kind: 'done',
    verified,
    text: phrase(`outcome.${key}`, { name, where }),
  });
  if (!answer.done || answer.after === null) return done(false, 'notRead');
  return answer.after.locked ? done(false, 'stillLocked') : done(true, 'verified');
}
