import { type AccountState, applyAttempt, isLocked } from '../../../../electron/lockout/account';
import type { LockoutPolicy } from '../../../../shared/policy';
import { type Filetime, TICKS_PER_SECOND } from '../../../../shared/time';
import { type Prediction, predict } from './predict';
import type { Step } from './steps';

/** Where Debian's Samba does not do as the model of Windows does: when, why, and what it does instead, exactly. */
export interface KnownDifference {
  readonly id: string;
  readonly cause: string;
  /** What Samba does with this step; null: this is not the difference. */
  instead(
    step: Step,
    before: AccountState,
    policy: LockoutPolicy,
    predicted: Prediction,
    now: Filetime,
  ): Prediction | null;
}

/** What Samba bounds its leniency by, whatever the password settings object says. */
const DOMAIN_HISTORY = 24;

/** What a step comes to where the domain's history length is taken for the password settings object's. */
function byTheDomainsHistory(
  step: Step,
  before: AccountState,
  policy: LockoutPolicy,
  predicted: Prediction,
  now: Filetime,
): Prediction {
  if (policy.source !== 'pso' || step.do !== 'logon' || typeof step.password === 'string') return predicted;
  return predict(before, step, { ...policy, passwordHistoryLength: DOMAIN_HISTORY }, now);
}

const same = (a: Prediction, b: Prediction): boolean =>
  a.answer === b.answer &&
  a.state.badPasswordCount === b.state.badPasswordCount &&
  a.state.badPasswordTime === b.state.badPasswordTime &&
  a.state.lockoutTime === b.state.lockoutTime &&
  a.state.lastLogon === b.state.lastLogon;

const wholeSecond = (now: Filetime): Filetime => now - (now % TICKS_PER_SECOND);

/** The first that speaks of a step decides. */
export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    id: 'a lock lasts to the end of its second',
    cause:
      'Samba holds the end of a lock against a present that it cuts to whole seconds, so that a lock ends up to a ' +
      'second later than its duration says.',
    instead(step, before, policy, predicted, now) {
      if (isLocked(before, policy, now) || !isLocked(before, policy, wholeSecond(now))) return null;
      const locked = predict(before, step, policy, wholeSecond(now));
      return same(locked, predicted) ? null : locked;
    },
  },
  {
    id: 'Kerberos counts previous passwords',
    cause:
      "The KDC of Debian's Samba 4.17 does not look at the password history: it counts the two passwords before as " +
      'wrong ones. Later releases, like Windows, refuse them without counting; the model has both.',
    instead(step, before, policy, predicted, now) {
      if (step.do !== 'logon' || step.route !== 'kerberos' || typeof step.password === 'string') return null;
      const attempt = { kind: 'logon', route: 'kerberosWithoutHistory', password: step.password } as const;
      const counted = { state: applyAttempt(before, attempt, policy, now).state, answer: predicted.answer };
      return same(counted, predicted) ? null : counted;
    },
  },
  {
    id: "the domain's history length for an account with a password settings object",
    cause:
      "Samba is as lenient with previous passwords as the domain's pwdHistoryLength says, although the account's " +
      "password settings object has its own; the model takes the object's. What Windows takes is not known.",
    instead(step, before, policy, predicted, now) {
      if (step.do === 'logon' && step.route === 'kerberos') return null;
      const lenient = byTheDomainsHistory(step, before, policy, predicted, now);
      return same(lenient, predicted) ? null : lenient;
    },
  },
];
