import type { CheckStepId } from '../../../shared/check';
import { CHANNELS } from '../../../shared/evidence';
import { ok, type Result } from '../../../shared/result';
import { TICKS_PER_MINUTE } from '../../../shared/time';
import type { AuditingReading, InstanceFacts } from '../source';
import type { CheckPlan, Finding } from './check-plan';
import type { SshSession } from './session';

/** A clock further off than this is worth a word: logs and countdowns are read by it. */
const CLOCK_TOLERANCE_MS = 60_000;
/** Above this uncertainty the clock is read once more, now that PowerShell has been started before. */
const CLOCK_UNCERTAIN_MS = 500;

const passed = (messageKey: string, params: Finding['params'] = {}): Result<Finding> =>
  ok({ state: 'passed', messageKey, params });
const warning = (messageKey: string, params: Finding['params'] = {}): Result<Finding> =>
  ok({ state: 'warning', messageKey, params });

async function checkShell(session: SshSession, signal: AbortSignal): Promise<Result<Finding>> {
  const shell = await session.probeShell(signal);
  if (!shell.ok) return shell;
  if (shell.value === 'cmd' || shell.value === 'powershell') return passed(`check.shell.${shell.value}`);
  return warning('check.shell.other');
}

async function checkEventLog(session: SshSession, signal: AbortSignal): Promise<Result<Finding>> {
  const security = await session.readChannelState(CHANNELS.security, signal);
  if (!security.ok) return security;
  const { recordCount, oldestRecordId } = security.value;
  if (oldestRecordId === null) return warning('check.eventLog.empty');
  const missing: string[] = [];
  for (const channel of [CHANNELS.rdpCore, CHANNELS.terminalServices, CHANNELS.openSsh]) {
    const present = await session.hasChannel(channel, signal);
    if (!present.ok) return present;
    if (!present.value) missing.push(channel);
  }
  if (missing.length === 0) return passed('check.eventLog.passed', { count: recordCount });
  return passed('check.eventLog.someMissing', { count: recordCount, missing: missing.join(', ') });
}

async function checkPolicy(session: SshSession, signal: AbortSignal): Promise<Result<Finding>> {
  const policy = await session.readPolicy(signal);
  if (!policy.ok) return policy;
  const { threshold, observationWindow, lockoutDuration } = policy.value;
  if (threshold === 0) return warning('check.policy.never');
  const windowMinutes = Number(observationWindow / TICKS_PER_MINUTE);
  if (lockoutDuration === 'untilAdmin') {
    return passed('check.policy.untilAdmin', { threshold, windowMinutes });
  }
  const durationMinutes = Number(lockoutDuration / TICKS_PER_MINUTE);
  return passed('check.policy.passed', { threshold, windowMinutes, durationMinutes });
}

/** What has to be audited for failures, locks and unlocks to be seen (4625, 4740, 4767). */
export function auditingFinding(reading: AuditingReading): Finding {
  const needed = [
    ['logon', reading.logon, 'failure'],
    ['accountLockout', reading.accountLockout, 'failure'],
    ['userAccountManagement', reading.userAccountManagement, 'success'],
  ] as const;
  const off = needed.filter(([, setting, half]) => setting !== 'both' && setting !== half);
  const unknown = off.filter(([, setting]) => setting === 'unknown');
  if (off.length === 0) return { state: 'passed', messageKey: 'check.auditing.passed', params: {} };
  if (unknown.length === off.length) {
    return { state: 'warning', messageKey: 'check.auditing.unknown', params: {} };
  }
  const is = (name: string) =>
    off.some(([one, setting]) => one === name && setting !== 'unknown') ? 'off' : 'on';
  return {
    state: 'warning',
    messageKey: 'check.auditing.off',
    params: {
      logon: is('logon'),
      accountLockout: is('accountLockout'),
      userAccountManagement: is('userAccountManagement'),
    },
  };
}

function clockFinding({ clockOffsetMs, clockUncertaintyMs }: InstanceFacts): Result<Finding> {
  const seconds = Math.round(Math.abs(clockOffsetMs) / 100) / 10;
  const uncertainty = Math.max(0.1, Math.round(clockUncertaintyMs / 100) / 10);
  const off = Math.abs(clockOffsetMs) > CLOCK_TOLERANCE_MS + clockUncertaintyMs;
  if (!off && Math.abs(clockOffsetMs) <= clockUncertaintyMs)
    return passed('check.clock.same', { uncertainty });
  const key = clockOffsetMs > 0 ? 'ahead' : 'behind';
  return (off ? warning : passed)(`check.clock.${key}${off ? 'FarOff' : ''}`, { seconds, uncertainty });
}

/**
 * The readings of a check, each on its own: one that fails does not stop the next. Stops early only when the
 * connection ends or the check is cancelled.
 */
export async function checkReadings(
  session: SshSession,
  plan: CheckPlan,
  signal: AbortSignal,
): Promise<void> {
  let facts: InstanceFacts | undefined;
  const readFacts = async (): Promise<Result<InstanceFacts>> => {
    const read = await session.readFacts(signal);
    if (read.ok) facts = read.value;
    return read;
  };
  const steps: readonly (readonly [CheckStepId, () => Promise<Result<Finding>>])[] = [
    ['shell', () => checkShell(session, signal)],
    ['eventLog', () => checkEventLog(session, signal)],
    ['policy', () => checkPolicy(session, signal)],
    [
      'rights',
      async () => {
        const read = await readFacts();
        if (!read.ok) return read;
        const { computer, system } = read.value;
        const finding = read.value.elevated ? passed : warning;
        return finding(`check.rights.${read.value.elevated ? 'passed' : 'limited'}`, { computer, system });
      },
    ],
    [
      'auditing',
      async () => {
        const reading = await session.readAuditing(signal);
        return reading.ok ? ok(auditingFinding(reading.value)) : reading;
      },
    ],
    [
      'clock',
      async () => {
        const first = facts;
        if (first && first.clockUncertaintyMs <= CLOCK_UNCERTAIN_MS) return clockFinding(first);
        const again = await readFacts();
        if (!again.ok) return first ? clockFinding(first) : again;
        const better =
          first && first.clockUncertaintyMs < again.value.clockUncertaintyMs ? first : again.value;
        return clockFinding(better);
      },
    ],
  ];
  for (const [id, run] of steps) {
    if (signal.aborted || session.ended) return;
    plan.start('instance', id);
    const finding = await run();
    if (finding.ok) plan.found('instance', id, finding.value);
    else plan.failed('instance', id, finding.error);
  }
}
