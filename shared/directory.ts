import { z } from 'zod';
import { connectionStateSchema, phraseSchema, policyViewSchema, statusSchema } from './account-status';
import type { KnownDomain } from './domain-account';
import { errorSchema } from './errors';
import { instanceIdSchema, watchLevelSchema } from './instance';

const port = z.number().int().min(1).max(65_535);
const host = z
  .string()
  .trim()
  .min(1)
  .max(253)
  .regex(/^[^\s/\\@'"`;|&<>]+$/, 'host');

export const directoryIdSchema = z.uuid();
export type DirectoryId = string;

export const directoryTransportSchema = z.enum(['ldaps', 'startTls', 'plain']);
export type DirectoryTransport = z.infer<typeof directoryTransportSchema>;

/** The port that a transport has when none is given. */
export const usualLdapPort = (transport: DirectoryTransport): number => (transport === 'ldaps' ? 636 : 389);

/** A domain controller as the admin names it; without a port, the usual one of the transport. */
export const givenControllerSchema = z.object({ host, port: port.nullable() });
export type GivenController = z.infer<typeof givenControllerSchema>;

export const directoryFieldsSchema = z
  .object({
    name: z.string().trim().min(1).max(120),
    /** DNS name of the domain. */
    domain: z
      .string()
      .trim()
      .min(1)
      .max(253)
      .regex(/^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/, 'domain'),
    /** Empty: found through DNS. The others of the domain are found in its configuration in any case. */
    controllers: z.array(givenControllerSchema).max(20),
    transport: directoryTransportSchema,
    /** The admin has read what a password without encryption means and wants it all the same. */
    plainAccepted: z.boolean(),
    /** `system`: what the system's certificate store vouches for. `pinned`: the very certificates that were accepted. */
    trust: z.enum(['system', 'pinned']),
    /** User principal name, `DOMAIN\name` or distinguished name. */
    bindUser: z.string().trim().min(1).max(512),
    pageSize: z.number().int().min(10).max(5000),
    /** The instance through whose SSH connection the controllers are reached. */
    tunnel: instanceIdSchema.nullable(),
    watch: watchLevelSchema,
  })
  .refine((fields) => fields.transport !== 'plain' || fields.plainAccepted, {
    path: ['plainAccepted'],
    message: 'plain',
  });
export type DirectoryFields = z.infer<typeof directoryFieldsSchema>;

export const directoryProfileSchema = directoryFieldsSchema.and(
  z.object({ id: directoryIdSchema, createdAtMs: z.number(), updatedAtMs: z.number() }),
);
export type DirectoryProfile = z.infer<typeof directoryProfileSchema>;

/** A controller's certificate as it is shown to a person. */
export const certificateSchema = z.object({
  host: z.string(),
  port,
  /** SHA-256 of the certificate, upper-case hex in pairs with colons. */
  fingerprint: z.string().regex(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/),
  subject: z.string().max(1000),
  issuer: z.string().max(1000),
  names: z.array(z.string().max(300)).max(50),
  validFromMs: z.number().nullable(),
  validToMs: z.number().nullable(),
});
export type Certificate = z.infer<typeof certificateSchema>;

/** A certificate that waits for the admin: nobody vouches for it, or it is not the one that was accepted. */
export const certificateQuestionSchema = z.object({
  directoryId: directoryIdSchema.nullable(),
  certificate: certificateSchema,
  /** Null on first contact. */
  pinned: certificateSchema.nullable(),
  /** Why the system's store does not vouch for it; null: it was not asked. */
  systemSays: z.string().max(200).nullable(),
});
export type CertificateQuestion = z.infer<typeof certificateQuestionSchema>;

/** A domain controller of the domain, as the configuration and our own contact with it say. */
export const controllerViewSchema = z.object({
  /** DNS name. */
  host: z.string(),
  site: z.string().nullable(),
  readOnly: z.boolean(),
  /** The PDC emulator: its word on an account's state is the truth. */
  pdc: z.boolean(),
  contact: z.enum(['answers', 'fails', 'notTried']),
  failure: errorSchema.nullable(),
  checkedAtMs: z.number().nullable(),
  roundTripMs: z.number().nullable(),
  /** Its clock minus ours. */
  clockOffsetMs: z.number().nullable(),
});
export type ControllerView = z.infer<typeof controllerViewSchema>;

/** A lockout policy with the object that it stands in. */
export const directoryPolicySchema = policyViewSchema.extend({
  /** Name of the password settings object, or of the domain. */
  sourceName: z.string(),
  /** Precedence of a password settings object; null for the domain's own. */
  precedence: z.number().nullable(),
  passwordHistoryLength: z.number().nullable(),
});
export type DirectoryPolicy = z.infer<typeof directoryPolicySchema>;

/** One account of a directory as its PDC emulator judges it, evaluated when the list was made. */
export const directoryAccountSchema = z.object({
  /** Its SID. */
  key: z.string(),
  name: z.string(),
  displayName: z.string().nullable(),
  userPrincipalName: z.string().nullable(),
  distinguishedName: z.string(),
  status: statusSchema,
  /** Why, when the status is unknown; otherwise null. */
  reason: phraseSchema.nullable(),
  disabled: z.boolean().nullable(),
  builtinAdministrator: z.boolean(),
  /** Stored count; null: not readable. */
  rawCount: z.number().nullable(),
  /** In force now (R6); null when it cannot be told. */
  badPasswordCount: z.number().nullable(),
  threshold: z.number().nullable(),
  /** Null: never, or not readable. */
  lastBadPasswordAtMs: z.number().nullable(),
  lockedAtMs: z.number().nullable(),
  autoUnlockAtMs: z.number().nullable(),
  lockedUntilAdmin: z.boolean(),
  countResetsAtMs: z.number().nullable(),
  passwordSetAtMs: z.number().nullable(),
  /** Where its policy stands: a password settings object's name, or the domain's; null: not known. */
  policyName: z.string().nullable(),
  readAtMs: z.number(),
});
export type DirectoryAccount = z.infer<typeof directoryAccountSchema>;

/** What one reading of the domain cost. */
export const directoryReadingSchema = z.object({
  kind: z.enum(['full', 'incremental']),
  atMs: z.number(),
  durationMs: z.number(),
  bytes: z.number(),
  entries: z.number(),
});
export type DirectoryReading = z.infer<typeof directoryReadingSchema>;

/** So many accounts go into the snapshot; the rest by page. */
export const DIRECTORY_ACCOUNTS_SHOWN = 100;

export const directoryViewSchema = z.object({
  id: directoryIdSchema,
  status: statusSchema,
  /** Why, when the status is unknown. */
  reason: phraseSchema.nullable(),
  /** When the newest complete reading at the PDC emulator was taken; null: none. */
  checkedAtMs: z.number().nullable(),
  connection: connectionStateSchema,
  failure: errorSchema.nullable(),
  nextAttemptAtMs: z.number().nullable(),
  /** `DC=corp,DC=example`. */
  domainName: z.string().nullable(),
  netbiosName: z.string().nullable(),
  /** Accounts of the domain have this SID and one number more. */
  domainSid: z.string().nullable(),
  pdcHost: z.string().nullable(),
  controllers: z.array(controllerViewSchema),
  /** The domain's own policy. */
  policy: directoryPolicySchema.nullable(),
  /** Password settings objects that could be read, by precedence; null: they may not be read. */
  passwordSettings: z.array(directoryPolicySchema).nullable(),
  locked: z.number(),
  counting: z.number(),
  /** Locked and counting ones, worst first, at most `DIRECTORY_ACCOUNTS_SHOWN`. */
  accounts: z.array(directoryAccountSchema),
  lastFull: directoryReadingSchema.nullable(),
  lastIncremental: directoryReadingSchema.nullable(),
  /** What makes all this less than certain. */
  doubts: z.array(phraseSchema),
});
export type DirectoryView = z.infer<typeof directoryViewSchema>;

/** The domain of a directory, as far as it was read. */
export const knownDomain = (
  { domain }: Pick<DirectoryFields, 'domain'>,
  view: Pick<DirectoryView, 'netbiosName' | 'domainSid'> | undefined,
): KnownDomain => ({
  netbiosName: view?.netbiosName ?? null,
  dnsDomain: domain,
  sid: view?.domainSid ?? null,
});

/** One account at one controller. Counts and the time of the last bad password are each controller's own (R20). */
export const controllerRowSchema = z.object({
  host: z.string(),
  site: z.string().nullable(),
  readOnly: z.boolean(),
  /** The PDC emulator's row: this is the account's state. */
  truth: z.boolean(),
  answers: z.boolean(),
  failure: errorSchema.nullable(),
  roundTripMs: z.number().nullable(),
  readAtMs: z.number().nullable(),
  /** What this controller would say by itself. */
  status: statusSchema,
  rawCount: z.number().nullable(),
  badPasswordCount: z.number().nullable(),
  lastBadPasswordAtMs: z.number().nullable(),
  /** The stored lockout time, even when the lock has run out; null: none, or not readable. */
  lockoutTimeMs: z.number().nullable(),
  autoUnlockAtMs: z.number().nullable(),
  lockedUntilAdmin: z.boolean(),
  passwordSetAtMs: z.number().nullable(),
  lastLogonAtMs: z.number().nullable(),
  /** How and why it differs from the truth; empty: it does not. */
  differences: z.array(phraseSchema),
});
export type ControllerRow = z.infer<typeof controllerRowSchema>;

export const controllerTableSchema = z.object({
  account: directoryAccountSchema,
  policy: directoryPolicySchema.nullable(),
  madeAtMs: z.number(),
  /** The PDC emulator first, then by site and name. */
  rows: z.array(controllerRowSchema),
  /** What is to be said of the table as a whole. */
  notes: z.array(phraseSchema),
});
export type ControllerTable = z.infer<typeof controllerTableSchema>;

/** An unlock as it is shown before anything is done. */
export const unlockPreviewSchema = z.object({
  /** Names exactly this; null: it cannot be done, for the reasons in `obstacles`. */
  previewId: z.string().nullable(),
  directoryId: directoryIdSchema,
  account: directoryAccountSchema,
  pdcHost: z.string(),
  /** What it does, and what is likely to lock the account again. */
  consequences: z.array(phraseSchema),
  obstacles: z.array(phraseSchema),
});
export type UnlockPreview = z.infer<typeof unlockPreviewSchema>;

export const unlockOutcomeSchema = z.object({
  /** True when the account was read again afterwards and was not locked. */
  verified: z.boolean(),
  account: directoryAccountSchema.nullable(),
  notes: z.array(phraseSchema),
});
export type UnlockOutcome = z.infer<typeof unlockOutcomeSchema>;

/** The steps of a check, in the order in which they are gone through and shown. */
export const directoryCheckStepIdSchema = z.enum([
  'find',
  'tcp',
  'certificate',
  'bind',
  'domain',
  'pdc',
  'policy',
  'accounts',
  'rights',
  'controllers',
  'clock',
]);
export type DirectoryCheckStepId = z.infer<typeof directoryCheckStepIdSchema>;

export const directoryCheckStepSchema = z.object({
  id: directoryCheckStepIdSchema,
  state: z.enum(['waiting', 'running', 'passed', 'warning', 'failed', 'skipped']),
  durationMs: z.number().nullable(),
  messageKey: z.string().nullable(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  error: errorSchema.nullable(),
});
export type DirectoryCheckStep = z.infer<typeof directoryCheckStepSchema>;

export const directoryCheckReportSchema = z.object({
  checkId: z.string(),
  startedAtMs: z.number(),
  finishedAtMs: z.number().nullable(),
  steps: z.array(directoryCheckStepSchema),
  /** Set when the check stopped at a certificate that the admin has to decide about. */
  question: certificateQuestionSchema.nullable(),
});
export type DirectoryCheckReport = z.infer<typeof directoryCheckReportSchema>;
