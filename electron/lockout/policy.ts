import type { LockoutPolicy } from '../../shared/policy';
import { err, ok, type Result } from '../../shared/result';
import { TICKS_PER_MINUTE, TICKS_PER_SECOND, type Ticks } from '../../shared/time';
import type { Reason } from './types';

/** A policy as read, with what is odd about it (R1). Warnings never stop the policy from being used. */
export interface PolicyReading {
  readonly policy: LockoutPolicy;
  readonly warnings: readonly Reason[];
}

/** Which value could not be read. */
export interface PolicyProblem {
  readonly field: string;
  readonly value: string;
}

/** The values as their place of reading spells them; absent means the reading had no such line. */
export type PolicyValues = Readonly<Record<string, string | number | bigint | undefined>>;

type Duration = Ticks | 'untilAdmin';
/** One unit's way to write a duration; undefined: not understood. */
interface Unit {
  window(value: bigint): Ticks | undefined;
  duration(value: bigint): Duration | undefined;
}

const NEVER = -0x8000000000000000n;
const FOREVER_32 = 0xffffffffn;

const minutes: Unit = {
  window: (value) => (value >= 0n ? value * TICKS_PER_MINUTE : undefined),
  duration: (value) => (value === -1n || value === 0n ? 'untilAdmin' : minutes.window(value)),
};
const seconds: Unit = {
  window: (value) => (value >= 0n ? value * TICKS_PER_SECOND : undefined),
  duration: (value) =>
    value === -1n || value === FOREVER_32 || value === 0n ? 'untilAdmin' : seconds.window(value),
};
const negativeTicks: Unit = {
  window: (value) => (value <= 0n && value !== NEVER ? -value : undefined),
  duration: (value) => (value >= 0n || value === NEVER ? 'untilAdmin' : -value),
};

interface Layout {
  readonly unit: Unit;
  readonly threshold: string;
  readonly window: string;
  readonly duration: string;
  readonly history?: string;
  readonly source: LockoutPolicy['source'];
  lockoutAdmins(values: PolicyValues): boolean | 'unknown';
}

function integer(value: string | number | bigint | undefined): bigint | undefined {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : undefined;
  const text = value?.trim() ?? '';
  return /^[+-]?\d+$/.test(text) ? BigInt(text) : undefined;
}

const missing = (values: PolicyValues, key: string): boolean =>
  values[key] === undefined || values[key] === '';

const problem = (values: PolicyValues, field: string) =>
  err({ field, value: String(values[field] ?? '') } satisfies PolicyProblem);

function parse(values: PolicyValues, layout: Layout): Result<PolicyReading, PolicyProblem> {
  const threshold = integer(values[layout.threshold]);
  if (threshold === undefined || threshold < 0n || threshold > 0xffffffffn) {
    return problem(values, layout.threshold);
  }
  const notStated: ('observationWindow' | 'lockoutDuration')[] = [];
  let observationWindow: Ticks = 0n;
  let lockoutDuration: Duration = 0n;
  if (missing(values, layout.window) && threshold === 0n) notStated.push('observationWindow');
  else {
    const raw = integer(values[layout.window]);
    const read = raw === undefined ? undefined : layout.unit.window(raw);
    if (read === undefined) return problem(values, layout.window);
    observationWindow = read;
  }
  if (missing(values, layout.duration) && threshold === 0n) notStated.push('lockoutDuration');
  else {
    const raw = integer(values[layout.duration]);
    const read = raw === undefined ? undefined : layout.unit.duration(raw);
    if (read === undefined) return problem(values, layout.duration);
    lockoutDuration = read;
  }
  const history = layout.history === undefined ? undefined : integer(values[layout.history]);
  const policy: LockoutPolicy = {
    threshold: Number(threshold),
    observationWindow,
    lockoutDuration,
    lockoutAdmins: layout.lockoutAdmins(values),
    source: layout.source,
    ...(history === undefined || history < 0n ? {} : { passwordHistoryLength: Number(history) }),
    ...(notStated.length === 0 ? {} : { notStated }),
  };
  return ok({ policy, warnings: policyWarnings(policy) });
}

/**
 * The local policy from the `[System Access]` lines of `secedit /export` (R2): minutes, LockoutDuration -1 until an
 * admin unlocks, window and duration absent while the threshold is 0. Fails with the first value not understood.
 */
export const policyFromSecedit = (values: PolicyValues): Result<PolicyReading, PolicyProblem> =>
  parse(values, {
    unit: minutes,
    threshold: 'LockoutBadCount',
    window: 'ResetLockoutCount',
    duration: 'LockoutDuration',
    history: 'PasswordHistorySize',
    source: 'local',
    lockoutAdmins: (v) => flag(v.AllowAdministratorLockout),
  });

/** The domain's policy from LDAP attributes (R2): negative 100 ns ticks, anything not negative is until an admin. */
export const policyFromDomain = (values: PolicyValues): Result<PolicyReading, PolicyProblem> =>
  parse(values, {
    unit: negativeTicks,
    threshold: 'lockoutThreshold',
    window: 'lockOutObservationWindow',
    duration: 'lockoutDuration',
    history: 'pwdHistoryLength',
    source: 'domain',
    lockoutAdmins: (v) => {
      const properties = integer(v.pwdProperties);
      return properties === undefined ? 'unknown' : (properties & 0x8n) !== 0n;
    },
  });

/** A password settings object from LDAP (R2, R3): it replaces all three values of the domain. */
export const policyFromPso = (values: PolicyValues): Result<PolicyReading, PolicyProblem> =>
  parse(values, {
    unit: negativeTicks,
    threshold: 'msDS-LockoutThreshold',
    window: 'msDS-LockoutObservationWindow',
    duration: 'msDS-LockoutDuration',
    history: 'msDS-PasswordHistoryLength',
    source: 'pso',
    lockoutAdmins: () => 'unknown',
  });

/** The local policy from NetUserModalsGet level 3 (R2): seconds, -1 or 0xFFFFFFFF until an admin unlocks. */
export const policyFromNetUserModals = (values: PolicyValues): Result<PolicyReading, PolicyProblem> =>
  parse(values, {
    unit: seconds,
    threshold: 'usrmod3_lockout_threshold',
    window: 'usrmod3_lockout_observation_window',
    duration: 'usrmod3_lockout_duration',
    source: 'local',
    lockoutAdmins: () => 'unknown',
  });

/** The local policy from the ADSI WinNT provider (R2): seconds. */
export const policyFromAdsi = (values: PolicyValues): Result<PolicyReading, PolicyProblem> =>
  parse(values, {
    unit: seconds,
    threshold: 'MaxBadPasswordsAllowed',
    window: 'LockoutObservationInterval',
    duration: 'AutoUnlockInterval',
    history: 'PasswordHistoryLength',
    source: 'local',
    lockoutAdmins: () => 'unknown',
  });

function flag(value: PolicyValues[string]): boolean | 'unknown' {
  const read = integer(value);
  return read === 0n ? false : read === 1n ? true : 'unknown';
}

/** What is outside the documented ranges (R1). Empty when nothing is. */
export function policyWarnings(policy: LockoutPolicy): Reason[] {
  const warnings: Reason[] = [];
  const { threshold, observationWindow: window, lockoutDuration: duration } = policy;
  if (threshold > 999) warnings.push({ key: 'lockout.policy.thresholdOutOfRange', params: { threshold } });
  if (threshold === 0) return warnings;
  const windowMinutes = Number(window) / Number(TICKS_PER_MINUTE);
  // The bitwise NOT of a round number of ticks is one tick longer and in common use.
  if (window < TICKS_PER_MINUTE || window > 99_999n * TICKS_PER_MINUTE + 1n) {
    warnings.push({ key: 'lockout.policy.windowOutOfRange', params: { minutes: windowMinutes } });
  }
  if (duration === 'untilAdmin') return warnings;
  const durationMinutes = Number(duration) / Number(TICKS_PER_MINUTE);
  if (duration > 99_999n * TICKS_PER_MINUTE + 1n) {
    warnings.push({ key: 'lockout.policy.durationOutOfRange', params: { minutes: durationMinutes } });
  }
  if (duration < window) {
    const params = { duration: durationMinutes, window: windowMinutes };
    warnings.push({ key: 'lockout.policy.durationShorterThanWindow', params });
  }
  return warnings;
}

/** Whether the SAM takes these values (R1): a duration shorter than the window is refused, 0 (until admin) is not. */
export const samAccepts = (policy: Pick<LockoutPolicy, 'observationWindow' | 'lockoutDuration'>): boolean =>
  policy.lockoutDuration === 'untilAdmin' || policy.lockoutDuration >= policy.observationWindow;
