import { z } from 'zod';
import { errorSchema } from './errors';
import { instanceIdSchema } from './instance';

export const statusSchema = z.enum(['locked', 'counting', 'clear', 'unknown']);
export type Status = z.infer<typeof statusSchema>;

/** A sentence of the catalogue with its values: what deciding code says instead of words. */
export const phraseSchema = z.object({
  key: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type Phrase = z.infer<typeof phraseSchema>;

export const verdictSchema = z.object({
  kind: z.enum(['attack', 'staleCredential', 'typo', 'ownDoing', 'undecided']),
  confidence: z.enum(['low', 'medium', 'high']),
  reasons: z.array(phraseSchema),
  /** True when failures came without an address, so that the verdict rests on less than it should. */
  evidenceIncomplete: z.boolean(),
});
export type Verdict = z.infer<typeof verdictSchema>;

/** The newest event of one kind. `by`: who did it, where somebody else did. */
const proofEventSchema = z.object({
  atMs: z.number(),
  address: z.string().nullable(),
  by: z.string().nullable(),
});
export type ProofEvent = z.infer<typeof proofEventSchema>;

/** What shows how an account got well again; kept however many failures follow. */
export const accountProofsSchema = z.object({
  /** At the instance's own screen, with a password that was judged. */
  consoleSignIn: proofEventSchema.nullable(),
  remoteDesktopSignIn: proofEventSchema.nullable(),
  /** NTLM over the network, as Remote Desktop makes it before the session; a file share makes one too. */
  networkSignIn: proofEventSchema.nullable(),
  unlock: proofEventSchema.nullable(),
  passwordReset: proofEventSchema.nullable(),
  /** The first reading since `lockSeenAtMs` that said it is not locked. */
  readUnlockedAtMs: z.number().nullable(),
  /** The last event that showed it locked, or the first reading that did since it was well. */
  lockSeenAtMs: z.number().nullable(),
  failureAtMs: z.number().nullable(),
  /** The last failure that counted or may have. */
  countedAtMs: z.number().nullable(),
});
export type AccountProofs = z.infer<typeof accountProofsSchema>;

export const noProofs: AccountProofs = {
  consoleSignIn: null,
  remoteDesktopSignIn: null,
  networkSignIn: null,
  unlock: null,
  passwordReset: null,
  readUnlockedAtMs: null,
  lockSeenAtMs: null,
  failureAtMs: null,
  countedAtMs: null,
};

export const accountViewSchema = z.object({
  /** Stable within its instance. */
  key: z.string(),
  name: z.string(),
  domain: z.string().nullable(),
  sid: z.string().nullable(),
  /** `elsewhere`: a domain account, decided by its PDC; what is shown here is an indication. */
  authority: z.enum(['local', 'elsewhere', 'unknown']),
  builtinAdministrator: z.boolean(),
  disabled: z.boolean().nullable(),
  status: statusSchema,
  /** Why, when the status is unknown; otherwise null. */
  reason: phraseSchema.nullable(),
  /** Effective bad-password count (R6), null when it cannot be told. */
  badPasswordCount: z.number().nullable(),
  /** `exact`: read from the authority or fully evidenced. `atMost`: an upper bound from events (R14). `uncertain`: after a gap. */
  countCertainty: z.enum(['exact', 'atMost', 'uncertain']),
  /** Null when the policy is unknown; 0 never locks. */
  threshold: z.number().nullable(),
  lockedAtMs: z.number().nullable(),
  /** When the lock ends by itself; null when not locked, unknown, or never by itself. */
  autoUnlockAtMs: z.number().nullable(),
  /** True when only an admin's unlock ends the lock. */
  lockedUntilAdmin: z.boolean(),
  countResetsAtMs: z.number().nullable(),
  /** Attempts left; null when it cannot be told or is without limit (`threshold` 0 or exempt). */
  remaining: z.number().nullable(),
  /** When it will lock if the pace holds; null when it will not or cannot be told. */
  locksAtMs: z.number().nullable(),
  /** Seconds between failures at the present pace. */
  paceSeconds: z.number().nullable(),
  /** Seconds from an unlock to the next lock at this pace; null when it will not relock or cannot be told. */
  relockSeconds: z.number().nullable(),
  lastFailureAtMs: z.number().nullable(),
  lastSource: z
    .object({ address: z.string().nullable(), workstation: z.string().nullable(), inferred: z.boolean() })
    .nullable(),
  /** Failures seen in all, those that count and those that do not. */
  failuresCounted: z.number(),
  failuresNotCounted: z.number(),
  proofs: accountProofsSchema,
  verdict: verdictSchema,
  /** What makes the state less than certain. */
  doubts: z.array(phraseSchema),
});
export type AccountView = z.infer<typeof accountViewSchema>;

export const connectionStateSchema = z.enum([
  'off',
  'connecting',
  'catchingUp',
  'following',
  'waiting',
  'stopped',
  'needsAdmin',
]);
export type ConnectionState = z.infer<typeof connectionStateSchema>;

export const policyViewSchema = z.object({
  threshold: z.number(),
  observationWindowSeconds: z.number(),
  /** Null: until an admin unlocks. */
  lockoutDurationSeconds: z.number().nullable(),
  lockoutAdmins: z.union([z.boolean(), z.literal('unknown')]),
  source: z.enum(['local', 'domain', 'pso']),
  readAtMs: z.number(),
  warnings: z.array(phraseSchema),
});
export type PolicyView = z.infer<typeof policyViewSchema>;

/** One instance as the fleet list shows it, evaluated at `evaluatedAtMs`. */
export const instanceViewSchema = z.object({
  id: instanceIdSchema,
  status: statusSchema,
  reason: phraseSchema.nullable(),
  /** When the newest reading that the status rests on was taken; null when there is none. */
  checkedAtMs: z.number().nullable(),
  evaluatedAtMs: z.number(),
  connection: connectionStateSchema,
  /** The last failure of the watcher, if it has not recovered since. */
  failure: errorSchema.nullable(),
  nextAttemptAtMs: z.number().nullable(),
  /** 0 to 1 while a long catch-up runs; null otherwise. */
  catchUpProgress: z.number().nullable(),
  computer: z.string().nullable(),
  system: z.string().nullable(),
  clockOffsetMs: z.number().nullable(),
  policy: policyViewSchema.nullable(),
  auditing: z.enum(['on', 'off', 'partial', 'unknown']),
  accounts: z.array(accountViewSchema),
  /** The last failure at any name, also at names that do not exist here. */
  lastFailureAtMs: z.number().nullable(),
  verdict: verdictSchema,
  eventsStored: z.number(),
  brokenRecords: z.number(),
  doubts: z.array(phraseSchema),
});
export type InstanceView = z.infer<typeof instanceViewSchema>;

/** Worst first: what the tray icon and a group header show. */
export const statusOrder: readonly Status[] = ['locked', 'counting', 'unknown', 'clear'];

export const worstStatus = (statuses: readonly Status[]): Status =>
  statusOrder.find((status) => statuses.includes(status)) ?? 'unknown';
