import { z } from 'zod';
import { phraseSchema } from './account-status';

/** Failures over time for one instance, in equal buckets, with the locks and unlocks between. */
export const timelineSchema = z.object({
  fromMs: z.number(),
  toMs: z.number(),
  bucketMs: z.number(),
  counted: z.array(z.number()),
  notCounted: z.array(z.number()),
  marks: z.array(
    z.object({ atMs: z.number(), kind: z.enum(['lock', 'unlock', 'gap']), account: z.string().nullable() }),
  ),
});
export type Timeline = z.infer<typeof timelineSchema>;

export const sourceRowSchema = z.object({
  address: z.string().nullable(),
  workstation: z.string().nullable(),
  /** True when no failure from here carried the address itself. */
  inferred: z.boolean(),
  scope: z.enum(['internet', 'private', 'local', 'unknown']),
  failures: z.number(),
  accounts: z.array(z.string()),
  firstMs: z.number(),
  lastMs: z.number(),
});
export type SourceRow = z.infer<typeof sourceRowSchema>;

export const evidenceRowSchema = z.object({
  id: z.number(),
  atMs: z.number(),
  computer: z.string(),
  channel: z.string(),
  recordId: z.number(),
  eventId: z.number(),
  kind: z.enum(['failure', 'failureNotCounted', 'lock', 'unlock', 'success', 'gap', 'hint', 'other']),
  account: z.string().nullable(),
  address: z.string().nullable(),
  addressInferredFrom: z.string().nullable(),
  workstation: z.string().nullable(),
  /** Why it counts or does not. */
  explanation: phraseSchema.nullable(),
  /** The event's fields as they were written. */
  fields: z.record(z.string(), z.string()),
});
export type EvidenceRow = z.infer<typeof evidenceRowSchema>;

export const evidenceQuerySchema = z.object({
  instanceId: z.uuid(),
  kinds: z.array(evidenceRowSchema.shape.kind).nullable(),
  account: z.string().max(512).nullable(),
  text: z.string().max(200).nullable(),
  /** Newest first; rows before this cursor. */
  before: z.object({ atMs: z.number(), id: z.number() }).nullable(),
  limit: z.number().int().min(1).max(500),
});
export type EvidenceQuery = z.infer<typeof evidenceQuerySchema>;

export const evidencePageSchema = z.object({ rows: z.array(evidenceRowSchema), more: z.boolean() });
export type EvidencePage = z.infer<typeof evidencePageSchema>;
