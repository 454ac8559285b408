import {
  type AccountState,
  type AttemptResult,
  adminPasswordReset,
  adminUnlock,
  applyAttempt,
  type LogonRoute as ModelRoute,
} from '../../../../electron/lockout/account';
import type { LockoutPolicy } from '../../../../shared/policy';
import { type Filetime, ticksFromSeconds } from '../../../../shared/time';
import type { Answer } from './attempts';
import type { LogonRoute, PolicySeconds, Step } from './steps';

/** What the model says that a step does; null where nobody is answered. */
export interface Prediction {
  readonly state: AccountState;
  readonly answer: Answer | null;
}

/** A simple bind is judged as a network logon: the previous password passes for a while, a success is not always noted. */
export const MODEL_ROUTE: Readonly<Record<LogonRoute, ModelRoute>> = {
  bind: 'ntlmNetwork',
  ntlm: 'ntlmNetwork',
  kerberos: 'kerberos',
};

/** The KDC has one answer for locked and disabled. */
const told = (route: LogonRoute | null, result: AttemptResult): Answer =>
  route === 'kerberos' && (result === 'lockedOut' || result === 'disabled') ? 'revoked' : result;

/** The model, fed with one step at `now` (ticks). */
export function predict(state: AccountState, step: Step, policy: LockoutPolicy, now: Filetime): Prediction {
  switch (step.do) {
    case 'logon': {
      const { password, route } = step;
      const outcome = applyAttempt(
        state,
        { kind: 'logon', route: MODEL_ROUTE[route], password },
        policy,
        now,
      );
      return { state: outcome.state, answer: told(route, outcome.result) };
    }
    case 'change': {
      const outcome = applyAttempt(state, { kind: 'passwordChange', password: step.old }, policy, now);
      return { state: outcome.state, answer: outcome.result };
    }
    case 'unlock':
      return { state: adminUnlock(state, step.method, policy, now).state, answer: null };
    case 'reset':
      return { state: adminPasswordReset(state, now), answer: null };
    case 'enable': {
      const unlocked = adminUnlock(state, 'userAccountControl', policy, now).state;
      return { state: { ...unlocked, enabled: step.enabled }, answer: null };
    }
    case 'wait': {
      if (step.by === 'clock') return { state, answer: null };
      const back = ticksFromSeconds(step.seconds);
      const moved = (at: Filetime): Filetime => (at === 0n ? 0n : at - back);
      const { badPasswordTime, lockoutTime } = state;
      return {
        state: {
          ...state,
          badPasswordTime: moved(badPasswordTime),
          lockoutTime: lockoutTime === null ? null : moved(lockoutTime),
        },
        answer: null,
      };
    }
    case 'lockBit':
    case 'policy':
      return { state, answer: null };
  }
}

/** The policy after these values were written. */
export function withValues(policy: LockoutPolicy, values: PolicySeconds): LockoutPolicy {
  const { threshold, windowSeconds, durationSeconds, history } = values;
  return {
    ...policy,
    ...(threshold === undefined ? {} : { threshold }),
    ...(windowSeconds === undefined ? {} : { observationWindow: ticksFromSeconds(windowSeconds) }),
    ...(durationSeconds === undefined
      ? {}
      : { lockoutDuration: durationSeconds === null ? 'untilAdmin' : ticksFromSeconds(durationSeconds) }),
    ...(history === undefined ? {} : { passwordHistoryLength: history }),
  };
}
