import { z } from 'zod';
import { instanceViewSchema, phraseSchema } from './account-status';
import { checklistSnapshotSchema } from './checklist-contract';
import { consoleSnapshotSchema } from './console-contract';
import { directoryIdSchema } from './directory';
import { directorySnapshotSchema } from './directory-contract';
import { incidentIdSchema } from './incident';
import { incidentSnapshotSchema } from './incident-contract';
import { connectionProfileSchema, hopSchema, hostKeyQuestionSchema, instanceIdSchema } from './instance';
import { isolationSnapshotSchema } from './isolation-contract';
import { rdpSnapshotSchema } from './rdp-contract';
import { runbookDestinationSchema } from './runbook-contract';
import { settingsSchema } from './settings';
import { tradeOffScopeSchema } from './trade-off';
import { unlockSnapshotSchema } from './unlock-contract';

/** Something the admin must know that belongs to no instance: a file kept aside, a full disk, no vault. */
export const noticeSchema = z.object({
  id: z.string(),
  severity: z.enum(['info', 'warning', 'error']),
  message: phraseSchema,
  atMs: z.number(),
});
export type Notice = z.infer<typeof noticeSchema>;

export const labSummarySchema = z.object({
  running: z.boolean(),
  /** Catalogue key of the drill's phase; null while nothing runs. */
  phase: phraseSchema.nullable(),
  instanceIds: z.array(instanceIdSchema),
});
export type LabSummary = z.infer<typeof labSummarySchema>;

/** Everything the window mirrors. */
export const snapshotSchema = z.object({
  app: z.object({
    version: z.string(),
    platform: z.string(),
    /** False on the development runtime, which gets no security fixes. */
    officialRuntime: z.boolean(),
    /** True when this run uses the practice data folder. */
    practice: z.boolean(),
    systemLocale: z.string(),
  }),
  profiles: z.array(connectionProfileSchema),
  fleet: z.array(instanceViewSchema),
  settings: settingsSchema,
  vault: z.object({
    /** `os`: kept in the operating system's vault. `memory`: until Lockwatch quits, because there is no vault. */
    kind: z.enum(['os', 'memory']),
    backend: z.string(),
  }),
  hostKeyQuestions: z.array(hostKeyQuestionSchema),
  missingSecrets: z.array(z.object({ instanceId: instanceIdSchema, hop: hopSchema })),
  notices: z.array(noticeSchema),
  lab: labSummarySchema,
  evidenceProcess: z.enum(['starting', 'running', 'restarting', 'failed']),
  ...isolationSnapshotSchema.shape,
  ...directorySnapshotSchema.shape,
  ...incidentSnapshotSchema.shape,
  ...consoleSnapshotSchema.shape,
  ...unlockSnapshotSchema.shape,
  ...rdpSnapshotSchema.shape,
  ...checklistSnapshotSchema.shape,
});
export type Snapshot = z.infer<typeof snapshotSchema>;

/** What changed since the event before: whole values by key; of the fleet and of isolation only the instances concerned. */
export const stateChangeSchema = z.object({
  seq: z.number().int(),
  changes: snapshotSchema.omit({ app: true, fleet: true, isolation: true }).partial(),
  fleetChanged: z.array(instanceViewSchema),
  fleetRemoved: z.array(instanceIdSchema),
  isolationChanged: isolationSnapshotSchema.shape.isolation,
  isolationRemoved: z.array(instanceIdSchema),
});
export type StateChange = z.infer<typeof stateChangeSchema>;

/** Where a click in the tray or a notification leads. It navigates; it never acts. */
export const destinationSchema = z.discriminatedUnion('page', [
  z.object({ page: z.literal('fleet') }),
  z.object({ page: z.literal('instance'), instanceId: instanceIdSchema, accountKey: z.string().nullable() }),
  z.object({ page: z.literal('settings') }),
  z.object({ page: z.literal('savedLog') }),
  z.object({ page: z.literal('addInstance') }),
  z.object({ page: z.literal('cloud') }),
  z.object({ page: z.literal('audit') }),
  /** Without an id, the worst of the directories. */
  z.object({
    page: z.literal('directory'),
    directoryId: directoryIdSchema.optional(),
    accountKey: z.string().nullable().optional(),
  }),
  z.object({ page: z.literal('incidents') }),
  z.object({ page: z.literal('incident'), incidentId: incidentIdSchema }),
  runbookDestinationSchema,
  z.object({ page: z.literal('policy'), scope: tradeOffScopeSchema }),
  z.object({ page: z.literal('checklist'), incidentId: incidentIdSchema }),
  /** The instance with the preview of its isolation above it; nothing is done before the admin confirms. */
  z.object({ page: z.literal('isolate'), instanceId: instanceIdSchema }),
]);
export type Destination = z.infer<typeof destinationSchema>;
