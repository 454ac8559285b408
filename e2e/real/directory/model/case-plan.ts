import type { Case, CasePolicy, CaseResult, Step as CaseStep, Via } from '../../../../cli/conformance/case';
import type { Answer } from './attempts';
import type { LogonRoute, PolicySeconds, Step } from './steps';

/** What a step of a case must come to; null: nobody is answered. */
export interface PlannedStep {
  readonly step: Step | { readonly do: 'samPolicy'; readonly values: Required<PolicySeconds> };
  readonly result: CaseResult | null;
}

/** A case as it can be done to a real controller. */
export interface Plan {
  readonly id: string;
  /** The route that stands for `logon`; null: the case names its routes itself. */
  readonly route: LogonRoute | null;
  readonly test: Case;
  readonly source: 'domain' | 'pso';
  readonly policy: PolicySeconds;
  /** What the domain says where a password settings object governs. */
  readonly domainPolicy: PolicySeconds | null;
  readonly steps: readonly PlannedStep[];
  /** The policy changes on the way: nothing else may run beside it. */
  readonly alone: boolean;
}

export type Planned =
  | { readonly plans: readonly Plan[] }
  | { readonly id: string; readonly notDrivable: string };

const ROUTES: readonly LogonRoute[] = ['ntlm', 'kerberos', 'bind'];

/** Seconds are stretched where nothing is fixed in time, so that a slow machine is never too late. */
const STRETCH = 100;

const atTheTick = (text: string | undefined, window: number): boolean => text === `t=-${window}s`;

/** Every way to drive a case by real logons, or why there is none. `stretch`: how many seconds stand for one. */
export function planOf(test: Case, inRealTime: number | null = null): Planned {
  const { id, policy, initial, steps } = test;
  const window = policy.observation_window_s ?? 0;
  const fixedInTime = [initial.badPasswordTime, initial.lockoutTime, initial.pwdLastSet].some((text) =>
    text?.startsWith('t='),
  );
  if (atTheTick(initial.badPasswordTime, window) || atTheTick(initial.lockoutTime, window)) {
    return {
      id,
      notDrivable:
        'it needs an attempt in one certain tick (100 ns), and no logon from outside can be timed so',
    };
  }
  if (steps.some(({ action }) => action === 'concurrent_bad_password')) {
    return { id, notDrivable: 'attempts in the same instant cannot be brought about from outside' };
  }
  const stretch = inRealTime ?? (fixedInTime ? 1 : STRETCH);
  const generic = steps.some(({ via }) => via === 'logon');
  const plans = (generic ? ROUTES : [null]).map(
    (route): Plan => ({
      id: route === null ? id : `${id} ${route}`,
      route,
      test,
      source: policy.source === 'pso' ? 'pso' : 'domain',
      policy: secondsOf(policy, stretch),
      domainPolicy: policy.source === 'pso' ? domainPolicyOf(test, stretch) : null,
      steps: steps.map((step) => ({
        step: toStep(step, route, test, stretch, inRealTime !== null),
        result: step.result ?? null,
      })),
      alone: steps.some(({ action }) => ['policy_change', 'set_policy'].includes(action)),
    }),
  );
  return { plans };
}

function secondsOf(policy: CasePolicy, stretch: number): PolicySeconds {
  const { threshold, observation_window_s: window, lockout_duration_s: duration } = policy;
  const { password_history_length: history } = policy;
  return {
    ...(threshold == null ? {} : { threshold }),
    ...(window == null ? {} : { windowSeconds: window * stretch }),
    ...(duration == null ? {} : { durationSeconds: duration === 0 ? null : duration * stretch }),
    ...(history == null ? {} : { history }),
  };
}

/** The losing values of a case with a password settings object, which the schema keeps as a note. */
function domainPolicyOf(test: Case, stretch: number): PolicySeconds {
  const noted = (test.policy as { domain_policy?: CasePolicy }).domain_policy;
  return secondsOf(noted ?? { threshold: 10, observation_window_s: 600, lockout_duration_s: 600 }, stretch);
}

function routeOf(via: Via | undefined, generic: LogonRoute | null): LogonRoute {
  switch (via) {
    case 'ntlm_network':
    case 'samlogon_network':
      return 'ntlm';
    case 'kerberos':
    case 'kerberos_pre_history_check':
      return 'kerberos';
    default:
      return generic ?? 'bind';
  }
}

function toStep(
  step: CaseStep,
  generic: LogonRoute | null,
  test: Case,
  stretch: number,
  byClock: boolean,
): PlannedStep['step'] {
  const password = {
    bad_password: 'wrong' as const,
    good_password: 'right' as const,
    user_password_change: step.old_password === 'wrong' ? ('wrong' as const) : ('right' as const),
    old_password: { old: step.n ?? 1 },
  };
  switch (step.action) {
    case 'bad_password':
    case 'good_password':
    case 'old_password':
    case 'user_password_change': {
      const secret = password[step.action];
      if (step.via === 'ldap_password_change' || step.via === 'samr_password_change') {
        return { do: 'change', route: step.via === 'ldap_password_change' ? 'ldap' : 'samr', old: secret };
      }
      return { do: 'logon', route: routeOf(step.via, generic), password: secret };
    }
    case 'admin_unlock':
      return {
        do: 'unlock',
        method:
          step.method === 'samr'
            ? 'samr'
            : step.method === 'ldap_userAccountControl'
              ? 'userAccountControl'
              : 'lockoutTime',
      };
    case 'admin_password_reset':
      return { do: 'reset' };
    case 'enable_account':
      return { do: 'enable', enabled: true };
    case 'set_uac_lockout_bit':
      return { do: 'lockBit' };
    case 'policy_change':
      return { do: 'policy', values: secondsOf(step.policy ?? {}, stretch) };
    case 'set_policy': {
      const { threshold, observation_window_s: window, lockout_duration_s: duration } = step.policy ?? {};
      const seconds = { windowSeconds: window ?? 0, durationSeconds: duration ?? 0 };
      return { do: 'samPolicy', values: { threshold: threshold ?? 0, ...seconds, history: 24 } };
    }
    case 'wait':
      return { do: 'wait', seconds: (step.seconds ?? 0) * stretch, by: byClock ? 'clock' : 'shift' };
    case 'concurrent_bad_password':
      throw new Error(`${test.id} was to be left out`);
  }
}

/** What the controller tells the caller where a case says this; Kerberos has one answer for locked and disabled. */
export function answerFor(step: PlannedStep['step'], result: CaseResult): Answer | null {
  if (step.do !== 'logon' && step.do !== 'change') return null;
  const kerberos = step.do === 'logon' && step.route === 'kerberos';
  switch (result) {
    case 'success':
      return 'success';
    case 'wrong_password':
      return 'wrongPassword';
    case 'locked_out':
      return kerberos ? 'revoked' : 'lockedOut';
    case 'account_disabled':
      return kerberos ? 'revoked' : 'disabled';
    default:
      return null;
  }
}
