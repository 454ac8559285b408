import type { Phrase } from '../../shared/account-status';
import { hostLabel } from '../../shared/domain-account';
import type { AppError } from '../../shared/errors';
import type { LockoutPolicy } from '../../shared/policy';
import type { Result } from '../../shared/result';
import { type Filetime, filetimeFromMs, TICKS_PER_MS } from '../../shared/time';
import {
  applyAccountReadings,
  applyAuditing,
  applyClockOffset,
  applyPolicy,
  type InstanceModel,
  type InstanceRole,
  instanceTime,
  policyWarnings,
} from '../lockout';
import type { AccountReading, AuditingReading, AuditSetting, InstanceFacts } from '../sources/source';

const includes = (setting: AuditSetting, wanted: 'success' | 'failure'): boolean | null =>
  setting === 'unknown' ? null : setting === 'both' || setting === wanted;

/** Whether a failure of an optional reading ends the connection; else it only casts doubt. */
export const endsSession = (error: AppError): boolean => !error.code.startsWith('windows.');

/** Facts into the model: its clock, its name, and where its accounts are judged. */
export function withFacts(
  model: InstanceModel,
  facts: InstanceFacts,
  membership: 'standalone' | 'domain',
): InstanceModel {
  const said = facts.role ?? 'unknown';
  const role: InstanceRole = said !== 'unknown' ? said : membership === 'domain' ? 'member' : 'standalone';
  const offset = BigInt(Math.round(facts.clockOffsetMs)) * TICKS_PER_MS;
  return { ...applyClockOffset(model, offset), role, computer: hostLabel(facts.computer) };
}

/** The instant of a reading on the instance's clock, from ours (milliseconds since 1970). */
export const readingTime = (model: InstanceModel, oursMs: number): Filetime =>
  instanceTime(model, filetimeFromMs(oursMs));

/** What `secedit` says on a domain controller is the domain's policy as it arrived there. */
export function withPolicy(model: InstanceModel, policy: LockoutPolicy, at: Filetime): InstanceModel {
  const own: LockoutPolicy =
    model.role === 'domainController' && policy.source === 'local' ? { ...policy, source: 'domain' } : policy;
  return applyPolicy(model, { policy: own, warnings: policyWarnings(own) }, at);
}

export const withAuditing = (model: InstanceModel, reading: AuditingReading, at: Filetime): InstanceModel =>
  applyAuditing(
    model,
    {
      logonFailure: includes(reading.logon, 'failure'),
      accountLockoutFailure: includes(reading.accountLockout, 'failure'),
      userAccountManagementSuccess: includes(reading.userAccountManagement, 'success'),
    },
    at,
  );

/** Account states as the instance gave them. What one domain controller counts is not the domain's truth (R20). */
export function withAccounts(
  model: InstanceModel,
  accounts: readonly AccountReading[],
  at: Filetime,
  domain: string | null,
): InstanceModel {
  const controller = model.role === 'domainController';
  return applyAccountReadings(
    model,
    accounts.map((account) => ({
      name: account.name,
      domain: controller ? domain : null,
      sid: account.sid,
      at,
      origin: controller ? ('dc' as const) : ('local' as const),
      enabled: account.disabled === null ? null : !account.disabled,
      locked: account.locked,
      badPasswordCount: account.badPasswordAttempts,
      badPasswordTime: null,
      lockoutTime: null,
      policy: null,
    })),
  );
}

export type ReadingName = 'facts' | 'policy' | 'accounts' | 'auditing';

/** Readings that failed without ending the connection, and what that leaves in doubt. */
export class ReadingDoubts {
  readonly #doubts = new Map<string, Phrase>();

  note(name: ReadingName, result: Result<unknown>): void {
    if (result.ok) this.#doubts.delete(name);
    else
      this.#doubts.set(name, {
        key: `watch.doubt.${name}Unreadable`,
        params: { code: result.error.code },
      });
  }

  set(name: string, phrase: Phrase | null): void {
    if (phrase) this.#doubts.set(name, phrase);
    else this.#doubts.delete(name);
  }

  list(): readonly Phrase[] {
    return [...this.#doubts.values()];
  }
}
