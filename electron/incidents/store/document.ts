import { z } from 'zod';
import { verdictSchema } from '../../../shared/account-status';
import { sourceRowSchema, timelineSchema } from '../../../shared/evidence-view';
import { incidentEntrySchema, incidentIdSchema, incidentSummarySchema } from '../../../shared/incident';
import { instanceIdSchema } from '../../../shared/instance';
import {
  type DocumentFormat,
  type Migration,
  readDocument,
  writeDocument,
} from '../../profiles/versioned-document';
import type { IncidentCore } from '../rules/types';
import type { JsonValue } from '../types';

const accountSchema = z.object({
  key: z.string(),
  name: z.string(),
  sid: z.string().nullable(),
  formerKeys: z.array(z.string()),
  firstAtMs: z.number(),
  lastAtMs: z.number(),
  firstLockAtMs: z.number().nullable(),
  lastLockAtMs: z.number().nullable(),
  lockedNow: z.boolean(),
});

const coreSchema = z.object({
  id: incidentIdSchema,
  instanceId: instanceIdSchema,
  state: z.enum(['open', 'closed']),
  openedAtMs: z.number(),
  closedAtMs: z.number().nullable(),
  closedBy: incidentSummarySchema.shape.closedBy,
  joinedInto: incidentIdSchema.nullable(),
  lastEvidenceAtMs: z.number(),
  accounts: z.array(accountSchema),
  attack: z.object({ firstMs: z.number(), lastMs: z.number() }).nullable(),
  attackAddresses: z.array(z.string()),
  undecided: z.array(z.object({ address: z.string(), atMs: z.number() })),
  verdict: verdictSchema,
}) satisfies z.ZodType<IncidentCore>;

/** Where the failures came from and when, as they were when the evidence was last looked at. */
const evidenceSchema = z.object({ sources: z.array(sourceRowSchema), timeline: timelineSchema });
export type KeptEvidence = z.infer<typeof evidenceSchema>;

const bodySchema = z.object({
  core: coreSchema,
  instanceName: z.string(),
  failures: z.number(),
  addresses: z.number(),
  entries: z.array(incidentEntrySchema),
  nextSeq: z.number().int(),
  linesLeftOut: z.number().int(),
  memory: z.json(),
  evidence: evidenceSchema.nullable(),
});

/** One incident as its file holds it. */
export interface IncidentDocument extends Omit<z.infer<typeof bodySchema>, 'core' | 'memory'> {
  readonly core: IncidentCore;
  readonly memory: JsonValue;
}

/** Steps from older versions of an incident's file. A new one comes with a test of the version it starts from. */
export const incidentMigrations: readonly Migration[] = [];

const format: DocumentFormat<z.infer<typeof bodySchema>> = {
  version: 1,
  schema: bodySchema,
  migrations: incidentMigrations,
};

export type ReadIncident =
  | { readonly kind: 'ok'; readonly value: IncidentDocument }
  | { readonly kind: 'corrupt' }
  | { readonly kind: 'newer'; readonly version: number };

export function readIncident(text: string): ReadIncident {
  const read = readDocument(text, format);
  return read.kind === 'ok' ? { kind: 'ok', value: read.value as IncidentDocument } : read;
}

export const incidentText = (document: IncidentDocument): string =>
  writeDocument(document, format as unknown as DocumentFormat<IncidentDocument>);
