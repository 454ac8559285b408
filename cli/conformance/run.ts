import {
  type AccountKind,
  type AccountState,
  type Attempt,
  type AttemptResult,
  adminPasswordReset,
  adminUnlock,
  applyAttempt,
  concurrentFailures,
  effectiveCount,
  isLocked,
  type LogonRoute,
  newAccount,
  type Password,
  samAccepts,
} from '../../electron/lockout';
import type { LockoutPolicy } from '../../shared/policy';
import { type Filetime, filetimeFromMs, TICKS_PER_MINUTE, ticksFromSeconds } from '../../shared/time';
import type { Case, CasePolicy, CaseResult, Step, Via } from './case';

/** One thing that came out differently. */
export interface Difference {
  readonly what: string;
  readonly expected: string;
  readonly actual: string;
}

const START: Filetime = filetimeFromMs(Date.UTC(2024, 0, 1));
const LONG_AGO: Filetime = filetimeFromMs(Date.UTC(2010, 0, 1));
/** What a domain has when a test leaves the window to it. */
const DOMAIN_DEFAULT = 30n * TICKS_PER_MINUTE;

const RESULT: Record<AttemptResult, CaseResult> = {
  success: 'success',
  wrongPassword: 'wrong_password',
  lockedOut: 'locked_out',
  disabled: 'account_disabled',
};
const METHOD = {
  ldap_lockoutTime: 'lockoutTime',
  ldap_userAccountControl: 'userAccountControl',
  samr: 'samr',
} as const;

/** `logon` holds for NTLM and Kerberos: such a case is run both ways. */
export function runCase(test: Case): Difference[] {
  const both = test.steps.some((step) => step.via === 'logon');
  if (!both) return new Run(test, 'kerberos').differences();
  const ways = [
    ['ntlmNetwork', 'NTLM'],
    ['kerberos', 'Kerberos'],
  ] as const;
  return ways.flatMap(([route, name]) =>
    new Run(test, route).differences().map((found) => ({ ...found, what: `${found.what} (${name})` })),
  );
}

function kindOf({ kind, rid }: Case['account']): AccountKind {
  if (rid === 500 || kind === 'builtin_administrator') return 'builtinAdministrator';
  return kind.endsWith('_trust') ? 'trust' : 'user';
}

function instant(text: string | undefined, fallback: Filetime): Filetime {
  switch (text) {
    case undefined:
      return fallback;
    case 'zero':
    case 'absent':
    case 'any':
      return 0n;
    case 'past':
      return LONG_AGO;
    case 'recent':
      return START - ticksFromSeconds(1);
    default:
      return START + ticksFromSeconds(Number(text.slice(2, -1)));
  }
}

/** A policy of the file over the one before it; a duration of 0 is until an admin unlocks. */
function policyOf(values: CasePolicy, before: LockoutPolicy): LockoutPolicy {
  const duration = values.lockout_duration_s ?? undefined;
  const history = values.password_history_length ?? before.passwordHistoryLength;
  return {
    threshold: values.threshold ?? before.threshold,
    observationWindow:
      values.observation_window_s == null
        ? before.observationWindow
        : ticksFromSeconds(values.observation_window_s),
    lockoutDuration:
      rawDuration(values.lockoutDuration_raw) ??
      (duration === undefined
        ? before.lockoutDuration
        : duration === 0
          ? 'untilAdmin'
          : ticksFromSeconds(duration)),
    lockoutAdmins: values.lockout_admins ?? before.lockoutAdmins,
    source: values.source ?? before.source,
    ...(history === undefined ? {} : { passwordHistoryLength: history }),
  };
}

/** The attribute as LDAP holds it: negative ticks; not negative, or the smallest number, is until an admin unlocks. */
function rawDuration(raw: string | number | null | undefined): LockoutPolicy['lockoutDuration'] | undefined {
  if (raw === null || raw === undefined) return undefined;
  const ticks = typeof raw === 'number' ? BigInt(Math.trunc(raw)) : parseInteger(raw);
  if (ticks === undefined) return undefined;
  return ticks >= 0n || ticks <= -0x8000000000000000n ? 'untilAdmin' : -ticks;
}

const parseInteger = (text: string): bigint | undefined =>
  /^[+-]?(\d+|0x[0-9a-f]+)$/i.test(text.trim())
    ? text.trim().startsWith('-')
      ? -BigInt(text.trim().slice(1))
      : BigInt(text.trim().replace(/^\+/, ''))
    : undefined;

class Run {
  private state: AccountState;
  private policy: LockoutPolicy;
  private now = START;
  /** The state just before the last step, which the outcome is compared with. */
  private before: AccountState;
  private policyChanged = false;
  private readonly found: Difference[] = [];

  constructor(
    private readonly test: Case,
    private readonly logonRoute: LogonRoute,
  ) {
    const { initial } = test;
    this.policy = policyOf(test.policy, {
      threshold: 0,
      observationWindow: DOMAIN_DEFAULT,
      lockoutDuration: DOMAIN_DEFAULT,
      lockoutAdmins: 'unknown',
      source: 'domain',
    });
    this.state = {
      ...newAccount(kindOf(test.account)),
      enabled: test.account.enabled ?? true,
      badPasswordCount: initial.badPwdCount,
      badPasswordTime: instant(initial.badPasswordTime, LONG_AGO),
      lockoutTime:
        initial.lockoutTime === undefined || initial.lockoutTime === 'absent' || initial.lockoutTime === 'any'
          ? null
          : instant(initial.lockoutTime, 0n),
      lastLogon: instant(initial.lastLogon, LONG_AGO),
      logonCount: initial.logonCount ?? 0,
      passwordLastSet: instant(initial.pwdLastSet, 0n),
    };
    this.before = this.state;
  }

  differences(): Difference[] {
    this.test.steps.forEach((step, index) => {
      if (step.t !== undefined) this.now = START + ticksFromSeconds(step.t);
      this.before = this.state;
      this.policyChanged = false;
      const actual = this.take(step);
      if (step.action === 'wait') this.now += ticksFromSeconds(step.seconds ?? 0);
      const name = `step ${index + 1} ${step.action}`;
      if (step.result != null) this.compare(`${name}: result`, step.result, actual.join(', ') || 'none');
      if (step.results) this.compare(`${name}: results`, tallied(expand(step.results)), tallied(actual));
    });
    this.compareOutcome();
    return this.found;
  }

  private take(step: Step): CaseResult[] {
    switch (step.action) {
      case 'bad_password':
        return this.attempt(step.via, 'wrong');
      case 'good_password':
        return this.attempt(step.via, 'right');
      case 'old_password':
        return this.attempt(step.via, { old: step.n ?? 1 });
      case 'user_password_change':
        return this.attempt(
          step.via ?? 'ldap_password_change',
          step.old_password === 'wrong' ? 'wrong' : 'right',
        );
      case 'concurrent_bad_password': {
        const many = concurrentFailures(
          this.state,
          this.toAttempt(step.via, 'wrong'),
          step.count ?? 1,
          this.policy,
          this.now,
        );
        this.state = many.state;
        return many.results.map((one) => RESULT[one]);
      }
      case 'admin_password_reset':
        this.state = adminPasswordReset(this.state, this.now);
        return ['success'];
      case 'admin_unlock': {
        const unlocked = adminUnlock(
          this.state,
          METHOD[step.method ?? 'ldap_lockoutTime'],
          this.policy,
          this.now,
        );
        this.state = unlocked.state;
        return [unlocked.changed ? 'success' : 'no_op'];
      }
      case 'enable_account':
        this.state = { ...this.state, enabled: true };
        return ['success'];
      case 'set_uac_lockout_bit':
        return ['success'];
      case 'policy_change':
        return this.setPolicy(step);
      case 'set_policy':
        return samAccepts(policyOf(step.policy ?? {}, this.policy))
          ? this.setPolicy(step)
          : ['invalid_parameter'];
      case 'wait':
        return [];
    }
  }

  private setPolicy(step: Step): CaseResult[] {
    this.policy = policyOf(step.policy ?? {}, this.policy);
    this.policyChanged = true;
    return ['success'];
  }

  private attempt(via: Via | undefined, password: Password): CaseResult[] {
    const outcome = applyAttempt(this.state, this.toAttempt(via, password), this.policy, this.now);
    this.state = outcome.state;
    return [RESULT[outcome.result]];
  }

  private toAttempt(via: Via | undefined, password: Password): Attempt {
    switch (via) {
      case 'ldap_password_change':
      case 'samr_password_change':
        return { kind: 'passwordChange', password };
      case 'ntlm_network':
      case 'samlogon_network':
        return { kind: 'logon', route: 'ntlmNetwork', password };
      case 'samlogon_interactive':
        return { kind: 'logon', route: 'interactive', password };
      case 'kerberos':
        return { kind: 'logon', route: 'kerberos', password };
      case 'kerberos_pre_history_check':
        return { kind: 'logon', route: 'kerberosWithoutHistory', password };
      case 'logon':
      case undefined:
        return { kind: 'logon', route: this.logonRoute, password };
    }
  }

  private compareOutcome(): void {
    const { expect } = this.test;
    const { state, before, now, policy } = this;
    const checks: [string, unknown, unknown][] = [
      ['badPwdCount', expect.badPwdCount, state.badPasswordCount],
      ['effectiveBadPwdCount', expect.effectiveBadPwdCount, effectiveCount(state, policy, now)],
      ['locked', expect.locked, isLocked(state, policy, now)],
      ['policy_changed', expect.policy_changed, this.policyChanged],
    ];
    for (const [what, wanted, actual] of checks) {
      if (wanted !== undefined) this.compare(what, String(wanted), String(actual));
    }
    this.compareLockoutTime(expect.lockoutTime);
    this.compareChange(
      'badPasswordTime',
      expect.badPasswordTime,
      before.badPasswordTime,
      state.badPasswordTime,
    );
    this.compareChange('lastLogon', expect.lastLogon, before.lastLogon, state.lastLogon);
    this.compareChange('logonCount', expect.logonCount, BigInt(before.logonCount), BigInt(state.logonCount));
  }

  private compareLockoutTime(wanted: Case['expect']['lockoutTime']): void {
    if (wanted === undefined || wanted === 'any') return;
    const [was, is] = [this.before.lockoutTime, this.state.lockoutTime];
    if (wanted === 'unchanged') {
      if (was !== is) this.compare('lockoutTime', 'unchanged', is === this.now ? 'set_now' : show(is));
      return;
    }
    const actual = is === null ? 'absent' : is === 0n ? 'zero' : is === was ? 'unchanged' : 'set_now';
    this.compare('lockoutTime', wanted, actual);
  }

  private compareChange(
    what: string,
    wanted: 'advanced' | 'unchanged' | 'zero' | 'any' | undefined,
    was: bigint,
    is: bigint,
  ): void {
    if (wanted === undefined || wanted === 'any') return;
    if (wanted === 'zero') this.compare(what, 'zero', is === 0n ? 'zero' : show(is));
    else this.compare(what, wanted, is > was ? 'advanced' : is === was ? 'unchanged' : 'went back');
  }

  private compare(what: string, expected: string, actual: string): void {
    if (expected !== actual) this.found.push({ what, expected, actual });
  }
}

const show = (time: bigint | null): string =>
  time === null ? 'absent' : time === 0n ? 'zero' : `t=${Number(time - START) / 1e7}s`;

const expand = (results: NonNullable<Step['results']>): CaseResult[] =>
  Array.isArray(results)
    ? results
    : (Object.entries(results) as [CaseResult, number][]).flatMap(([name, count]) =>
        Array.from({ length: count }, () => name),
      );

/** Attempts that arrive together may be answered in any order. */
function tallied(results: readonly CaseResult[]): string {
  const counts = new Map<CaseResult, number>();
  for (const one of results) counts.set(one, (counts.get(one) ?? 0) + 1);
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');
}
