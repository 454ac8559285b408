import { z } from 'zod';
import { phraseSchema, verdictSchema } from './account-status';
import { type SourceRow, sourceRowSchema, type Timeline, timelineSchema } from './evidence-view';
import { instanceIdSchema } from './instance';

export const incidentIdSchema = z.uuid();
export type IncidentId = string;

/** One attack, or one account that locked, on one instance: opened by evidence, closed by proof. */
export const incidentSummarySchema = z.object({
  id: incidentIdSchema,
  instanceId: instanceIdSchema,
  /** As it was called when the incident was opened; a record outlives its profile. */
  instanceName: z.string(),
  state: z.enum(['open', 'closed']),
  openedAtMs: z.number(),
  closedAtMs: z.number().nullable(),
  /** `proof`: every proving part of the checklist was done by evidence. `joined`: it turned out to be part of another. */
  closedBy: z.enum(['proof', 'hand', 'joined']).nullable(),
  verdict: verdictSchema,
  /** Keys and names of the accounts concerned, the one the checklist is about first. */
  accounts: z.array(z.object({ key: z.string(), name: z.string(), everLocked: z.boolean() })),
  /** The account the checklist is about; null while only an attack is known. */
  focusAccountKey: z.string().nullable(),
  failures: z.number(),
  addresses: z.number(),
  lastEvidenceAtMs: z.number(),
});
export type IncidentSummary = z.infer<typeof incidentSummarySchema>;

/** One line of an incident's history. Never holds a secret. */
export const incidentEntrySchema = z.object({
  seq: z.number().int(),
  atMs: z.number(),
  kind: z.enum(['evidence', 'action', 'step', 'proof', 'note']),
  /** Who did it: the admin's name; null for what was only seen. */
  who: z.string().nullable(),
  /** A sentence of the catalogue, or of a note the admin's own words in `note`. */
  text: phraseSchema.nullable(),
  note: z.string().max(4000).nullable(),
});
export type IncidentEntry = z.infer<typeof incidentEntrySchema>;

/** Everything about one incident. */
export const incidentRecordSchema = z.object({
  summary: incidentSummarySchema,
  entries: z.array(incidentEntrySchema),
  /** Lines of evidence that were left out because there were too many; sources and timeline count them all. */
  linesLeftOut: z.number().int(),
  sources: z.array(sourceRowSchema),
  timeline: timelineSchema.nullable(),
  /** The incident that it was joined into. */
  joinedInto: incidentIdSchema.nullable(),
});
export type IncidentRecord = z.infer<typeof incidentRecordSchema>;

/** Which failures of an instance belong to an incident. Times in milliseconds since 1970. */
export interface IncidentEvidenceQuery {
  readonly id: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly buckets: number;
  /** Keys of the accounts; null: all but `except`. */
  readonly accounts: readonly string[] | null;
  readonly except: readonly string[];
}

/** An incident's failures: where they came from, when, how many. */
export interface IncidentEvidence {
  readonly failures: number;
  readonly addresses: number;
  readonly sources: SourceRow[];
  readonly timeline: Timeline;
}
