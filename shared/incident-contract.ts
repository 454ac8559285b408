import { z } from 'zod';
import {
  incidentEntrySchema,
  incidentIdSchema,
  incidentRecordSchema,
  incidentSummarySchema,
} from './incident';

const nothing = z.null();
const byId = z.object({ id: incidentIdSchema });

export const incidentQuerySchema = z.object({
  /** Looked for, whatever the case, in names, accounts, addresses, notes and history; empty: every incident. */
  search: z.string().max(200),
  /** Null: open and closed ones. */
  state: z.enum(['open', 'closed']).nullable(),
  /** Incidents after this one in the list; null: from the first on. */
  before: incidentIdSchema.nullable(),
  limit: z.number().int().min(1).max(200),
});
export type IncidentQuery = z.infer<typeof incidentQuerySchema>;

export const incidentFormatSchema = z.enum(['markdown', 'pdf', 'json']);
export type IncidentFormat = z.infer<typeof incidentFormatSchema>;

/** An exported incident. Times also as ISO 8601 in UTC. */
export const incidentExportSchema = incidentRecordSchema.extend({
  format: z.literal('lockwatch-incident'),
  version: z.literal(1),
  exportedAt: z.iso.datetime(),
  /** The local zone in which the incident was looked at. */
  zone: z.string(),
  /** Of simulated instances. */
  practice: z.boolean(),
  title: z.string(),
  openedAt: z.iso.datetime(),
  closedAt: z.iso.datetime().nullable(),
  entries: z.array(incidentEntrySchema.extend({ at: z.iso.datetime(), said: z.string() })),
});
export type IncidentExport = z.infer<typeof incidentExportSchema>;

export const incidentRequests = {
  incidents: {
    /** Open ones first, then the newest. */
    list: {
      input: incidentQuerySchema,
      output: z.object({ incidents: z.array(incidentSummarySchema), more: z.boolean() }),
    },
    record: { input: byId, output: incidentRecordSchema },
    addNote: {
      input: z.object({ id: incidentIdSchema, note: z.string().trim().min(1).max(4000) }),
      output: nothing,
    },
    /** By hand: the evidence has not proved that it is over. */
    close: { input: z.object({ id: incidentIdSchema, confirmed: z.literal(true) }), output: nothing },
    reopen: { input: byId, output: nothing },
    /** Saves the record where the admin chooses; null when no place was chosen. */
    export: {
      input: z.object({ id: incidentIdSchema, format: incidentFormatSchema }),
      output: z.object({ path: z.string() }).nullable(),
    },
  },
} as const;

/** What the snapshot holds beside the fleet: open incidents and those closed within the last days. */
export const incidentSnapshotSchema = z.object({ incidents: z.array(incidentSummarySchema).max(500) });
