import { z } from 'zod';

/** What was done. A name once given stays: old rows are read for ever. */
export const auditActionSchema = z.enum([
  'isolate',
  'restoreToTrust',
  'undo',
  'followAddress',
  'resume',
  'interrupted',
  'foreignFound',
  'recipeExported',
  'auditExported',
  'segmentBegun',
  'consoleOpened',
  'vncPasswordSet',
  'unlockAccount',
  'resetPassword',
  'rebootInstance',
  'checklistStated',
  'incidentClosed',
  'incidentExported',
]);
export type AuditAction = z.infer<typeof auditActionSchema>;

/** `begun` is written before anything is touched; the row with the outcome follows it. */
export const auditOutcomeSchema = z.enum([
  'begun',
  'succeeded',
  'unverified',
  'failed',
  'cancelled',
  'noted',
]);
export type AuditOutcome = z.infer<typeof auditOutcomeSchema>;

const text = z.string().max(2000);

/** What a service says of an action. Never a secret, a URL or a token. */
export const auditRecordSchema = z.object({
  action: auditActionSchema,
  outcome: auditOutcomeSchema,
  admin: text,
  /** The instance concerned; null for what concerns none. */
  instance: z.object({ region: text, instanceId: text, name: text }).nullable(),
  reason: text,
  incident: text,
  /** In short, how it was and how it is, in plain words or figures: `RDP open to 0.0.0.0/0`. */
  before: text,
  after: text,
  requestIds: z.array(z.string().max(128)).max(500),
  /** Code of the failure; null when there was none. */
  error: z.string().max(100).nullable(),
  /** The journal entry with every step; null for what has none. */
  entryId: z.string().max(200).nullable(),
});
export type AuditRecord = z.infer<typeof auditRecordSchema>;

export const auditRowSchema = auditRecordSchema.extend({
  /** Counts on through all segments, from 1. */
  seq: z.number().int().positive(),
  atMs: z.number(),
  /** Hash of the row before; zeros in the first row of a segment that could not join on. */
  previous: z.string().regex(/^[0-9a-f]{64}$/),
  /** SHA-256 over `previous` and the row's canonical JSON without this field. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});
export type AuditRow = z.infer<typeof auditRowSchema>;

export const auditQuerySchema = z.object({
  /** Looked for, whatever the case, in every text of a row; empty: every row. */
  search: z.string().max(200),
  actions: z.array(auditActionSchema).max(50),
  instanceId: z.string().max(200).nullable(),
  fromMs: z.number().nullable(),
  toMs: z.number().nullable(),
  /** Rows before this number; null: from the newest on. */
  beforeSeq: z.number().int().positive().nullable(),
  limit: z.number().int().min(1).max(500),
});
export type AuditQuery = z.infer<typeof auditQuerySchema>;

/** Where a chain does not hold. Rows of the file before `line` are as they were written. */
export const auditBreakSchema = z.object({
  file: z.string(),
  /** Counted from 1; the first line that does not fit. */
  line: z.number().int(),
  kind: z.enum(['cutOff', 'changed', 'removed', 'unreadable']),
});
export type AuditBreak = z.infer<typeof auditBreakSchema>;

export const auditPageSchema = z.object({
  /** Newest first. */
  rows: z.array(auditRowSchema),
  /** For the page after this one; null when there is none. */
  nextBeforeSeq: z.number().int().positive().nullable(),
  total: z.number().int(),
  breaks: z.array(auditBreakSchema),
});
export type AuditPage = z.infer<typeof auditPageSchema>;
