import { z } from 'zod';
import { phraseSchema, statusSchema, verdictSchema } from './account-status';
import { errorSchema } from './errors';
import { sourceRowSchema } from './evidence-view';

/**
 * Failure events of one kind. `counts` is whether the account's authority counts such an attempt; `uncertain` when the
 * event does not say enough.
 */
export const replayFailuresSchema = z.object({
  reason: z.string(),
  counts: z.enum(['yes', 'no', 'uncertain']),
  events: z.number(),
});

export const replayMarkSchema = z.object({
  kind: z.enum(['lock', 'unlock']),
  atMs: z.number(),
  computer: z.string(),
  recordId: z.number(),
  account: z.string(),
  /** For a lock the calling computer, for an unlock who did it. */
  by: z.string().nullable(),
});

export const replaySourceSchema = sourceRowSchema
  .pick({ address: true, scope: true, failures: true, firstMs: true, lastMs: true })
  .extend({ inferred: z.number() });

export const replayAccountSchema = z.object({
  computer: z.string(),
  key: z.string(),
  name: z.string(),
  domain: z.string().nullable(),
  sid: z.string().nullable(),
  authority: z.enum(['here', 'elsewhere']),
  failures: z.array(replayFailuresSchema),
  /** Failure events that count, that do not, and of which it is not known; the sums of `failures`. */
  counted: z.number(),
  notCounted: z.number(),
  uncertain: z.number(),
  /** Attempts, where one that two events tell of is one; null when there were too many accounts to follow each. */
  attempts: z.object({ counted: z.number(), all: z.number() }).nullable(),
  locks: z.number(),
  unlocks: z.number(),
  sources: z.array(replaySourceSchema),
  failuresWithoutAddress: z.number(),
  workstations: z.array(z.string()),
  /** As of the log's last event. Without a policy only a proven lock is more than unknown. */
  atEnd: z
    .object({
      status: statusSchema,
      reasons: z.array(phraseSchema),
      badPasswordCount: z.number().nullable(),
      lockedAtMs: z.number().nullable(),
      autoUnlockAtMs: z.number().nullable(),
      lockedUntilAdmin: z.boolean(),
    })
    .nullable(),
  /** Null when there was no failure. */
  verdict: verdictSchema.nullable(),
});

/** The policy that the log was judged by; null when it was not given, for a saved log does not hold it. */
export const replayPolicySchema = z.object({
  threshold: z.number().int().min(0).max(999),
  windowMinutes: z.number().int().min(0).max(99_999),
  /** 0: until an admin unlocks. */
  durationMinutes: z.number().int().min(0).max(99_999),
});

/** What a recorded log says. */
export const replayReportSchema = z.object({
  file: z.string(),
  /** Why nothing or not everything could be read; null when all was well. */
  problem: errorSchema.nullable(),
  encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be']).nullable(),
  bytes: z.number(),
  /** Good records, duplicates too. */
  events: z.number(),
  eventsById: z.record(z.string(), z.number()),
  eventsByChannel: z.record(z.string(), z.number()),
  /** Records that stood in the log more than once; they were taken in once. */
  duplicates: z.number(),
  firstAtMs: z.number().nullable(),
  lastAtMs: z.number().nullable(),
  computers: z.array(z.string()),
  broken: z.object({
    count: z.number(),
    samples: z.array(z.object({ reason: z.string(), excerpt: z.string() })),
  }),
  policy: replayPolicySchema.nullable(),
  /** Failure events of all accounts; ignored are those of no account that can be locked, by why. */
  failures: z.object({
    counted: z.number(),
    notCounted: z.number(),
    uncertain: z.number(),
    ignored: z.record(z.string(), z.number()),
  }),
  /** Most failures first, at most 1,000. */
  accounts: z.array(replayAccountSchema),
  accountsLeftOut: z.number(),
  locks: z.number(),
  unlocks: z.number(),
  /** In the order of time, at most 1,000. */
  marks: z.array(replayMarkSchema),
  sources: z.array(replaySourceSchema),
  failuresWithoutAddress: z.number(),
  gaps: z.array(
    z.object({ computer: z.string(), atMs: z.number(), channel: z.string(), reason: z.string() }),
  ),
});

export type ReplayPolicy = z.infer<typeof replayPolicySchema>;
export type ReplayFailures = z.infer<typeof replayFailuresSchema>;
export type ReplayMark = z.infer<typeof replayMarkSchema>;
export type ReplaySource = z.infer<typeof replaySourceSchema>;
export type ReplayAccount = z.infer<typeof replayAccountSchema>;
export type ReplayReport = z.infer<typeof replayReportSchema>;
