import { isIP } from 'node:net';
import { z } from 'zod';
import { normaliseAddress } from '../../lockout/address';
import type { AccountReading, AuditingReading, AuditSetting } from '../source';

export const factsAnswerSchema = z.object({
  computer: z.string().min(1),
  system: z.string().nullable(),
  domain: z.string().nullable(),
  /** Win32_ComputerSystem.DomainRole: 4 and 5 are domain controllers. */
  domainRole: z.number().nullable(),
  elevated: z.boolean(),
  /** Where sshd says it was called from; what is no address says nothing. */
  clientAddress: z
    .string()
    .nullish()
    .transform((address) => (address && isIP(address) !== 0 ? normaliseAddress(address) : null)),
  /** FILETIME, UTC. */
  utc: z.string().regex(/^\d{15,20}$/),
});

export const policyAnswerSchema = z.object({ inf: z.string() });

const text = z.string().nullish();
const flag = z.boolean().nullish();
export const accountsAnswerSchema = z.object({
  accounts: z.array(
    z.object({
      name: z.string(),
      sid: text,
      locked: flag,
      disabled: flag,
      badPasswordAttempts: z.number().nullish(),
    }),
  ),
});

export const auditingAnswerSchema = z.object({ settings: z.record(z.string(), z.number()) });
const standing = z.object({ name: z.string().min(1), sid: z.string().min(1), locked: z.boolean() });
const orNull = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? null);

export const inspectAnswerSchema = z.object({
  elevated: z.boolean(),
  self: z.boolean(),
  account: orNull(standing),
  controller: orNull(
    z.object({
      name: z.string().min(1),
      pdc: z.boolean(),
      pdcRole: orNull(z.string()),
      domain: orNull(z.string()),
    }),
  ),
});

export const unlockAnswerSchema = z.object({
  found: z.boolean(),
  done: z.boolean(),
  refused: orNull(z.enum(['renamed', 'self', 'notElevated', 'notLocked'])),
  before: orNull(standing),
  after: orNull(standing),
});

export const channelStatusAnswerSchema = z.object({ code: z.number() });

/** Accounts as the port has them: what the instance did not say is null. */
export const accountReadings = (answer: z.infer<typeof accountsAnswerSchema>): AccountReading[] =>
  answer.accounts.map((account) => ({
    name: account.name,
    sid: account.sid ?? null,
    locked: account.locked ?? null,
    disabled: account.disabled ?? null,
    badPasswordAttempts: account.badPasswordAttempts ?? null,
  }));

const SUBCATEGORIES = {
  logon: '0cce9215-69ae-11d9-bed3-505054503030',
  accountLockout: '0cce9217-69ae-11d9-bed3-505054503030',
  userAccountManagement: '0cce9235-69ae-11d9-bed3-505054503030',
  credentialValidation: '0cce923f-69ae-11d9-bed3-505054503030',
} as const;
const SETTINGS: readonly AuditSetting[] = ['none', 'success', 'failure', 'both'];

/** Audit settings by subcategory GUID, whatever case it is in; a subcategory that is not listed is unknown. */
export function auditingReading({ settings }: z.infer<typeof auditingAnswerSchema>): AuditingReading {
  const byGuid = new Map(Object.entries(settings).map(([guid, value]) => [guid.toLowerCase(), value]));
  const of = (guid: string): AuditSetting => SETTINGS[byGuid.get(guid) ?? -1] ?? 'unknown';
  return {
    logon: of(SUBCATEGORIES.logon),
    accountLockout: of(SUBCATEGORIES.accountLockout),
    userAccountManagement: of(SUBCATEGORIES.userAccountManagement),
    credentialValidation: of(SUBCATEGORIES.credentialValidation),
  };
}
