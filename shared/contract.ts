import { z } from 'zod';
import type { EventChannels, RequestChannels } from './channels';
import { checkReportSchema } from './check';
import { checklistRequests } from './checklist-contract';
import { consoleRequests } from './console-contract';
import { directoryCheckReportSchema } from './directory';
import { directoryRequests } from './directory-contract';
import { evidencePageSchema, evidenceQuerySchema, sourceRowSchema, timelineSchema } from './evidence-view';
import { incidentRequests } from './incident-contract';
import {
  connectionProfileSchema,
  hopSchema,
  hopSecretsSchema,
  instanceIdSchema,
  profileFieldsSchema,
} from './instance';
import { isolationRequests } from './isolation-contract';
import { rdpRequests } from './rdp-contract';
import { replayReportSchema } from './replay';
import { runbookRequests } from './runbook-contract';
import { settingsSchema } from './settings';
import { destinationSchema, snapshotSchema, stateChangeSchema } from './snapshot';
import { policyRequests } from './trade-off';
import { unlockRequests } from './unlock-contract';

const byId = z.object({ id: instanceIdSchema });
const nothing = z.null();

/** Pages outside the app that it may open: an id from this list, never an address from the window. */
export const externalPageSchema = z.enum([
  'sourceCode',
  'windowsLockoutPolicy',
  'windowsOpenSsh',
  'rdpLockedHelp',
]);

/** Every request of the window: what it sends and what it gets inside a `Result`. */
export const requests = {
  app: {
    snapshot: { input: nothing, output: z.object({ seq: z.number().int(), snapshot: snapshotSchema }) },
    openExternal: { input: z.object({ page: externalPageSchema }), output: nothing },
  },
  profiles: {
    save: {
      input: z.object({
        /** Null adds a profile. */
        id: instanceIdSchema.nullable(),
        fields: profileFieldsSchema,
        /** Newly typed secrets by hop; a hop left out keeps what the vault has. */
        secrets: hopSecretsSchema,
        /** Take the secrets not typed from this profile: for a duplicate. */
        copySecretsFrom: instanceIdSchema.nullable(),
      }),
      output: connectionProfileSchema,
    },
    delete: {
      input: z.object({ ids: z.array(instanceIdSchema).min(1).max(1000) }),
      output: z.object({ undoToken: z.string(), undoUntilMs: z.number() }),
    },
    undoDelete: {
      input: z.object({ undoToken: z.string().max(100) }),
      output: z.array(connectionProfileSchema),
    },
    secretStates: {
      input: byId,
      output: z.partialRecord(hopSchema, z.enum(['saved', 'session', 'missing', 'notNeeded'])),
    },
  },
  hostKeys: {
    decide: {
      input: z.object({
        id: instanceIdSchema.nullable(),
        checkId: z.string().max(100).nullable(),
        hop: hopSchema,
        fingerprint: z.string().max(100),
        decision: z.enum(['pin', 'reject']),
      }),
      output: nothing,
    },
    forget: { input: z.object({ id: instanceIdSchema, hop: hopSchema }), output: nothing },
  },
  check: {
    start: {
      input: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('saved'), id: instanceIdSchema }),
        z.object({
          kind: z.literal('draft'),
          id: instanceIdSchema.nullable(),
          fields: profileFieldsSchema,
          secrets: hopSecretsSchema,
          copySecretsFrom: instanceIdSchema.nullable(),
        }),
      ]),
      output: z.object({ checkId: z.string() }),
    },
    cancel: { input: z.object({ checkId: z.string().max(100) }), output: nothing },
  },
  instance: {
    /** Read everything again now. */
    refresh: { input: byId, output: nothing },
    /** Try again after the watcher stopped for the admin (changed host key, refused password). */
    reconnect: { input: byId, output: nothing },
    timeline: {
      input: z.object({
        id: instanceIdSchema,
        fromMs: z.number(),
        toMs: z.number(),
        buckets: z.number().int().min(10).max(2000),
        account: z.string().max(512).nullable(),
      }),
      output: timelineSchema,
    },
    sources: {
      input: z.object({ id: instanceIdSchema, sinceMs: z.number(), account: z.string().max(512).nullable() }),
      output: z.array(sourceRowSchema),
    },
    evidence: { input: evidenceQuerySchema, output: evidencePageSchema },
    brokenRecords: {
      input: byId,
      output: z.array(
        z.object({ atMs: z.number(), channel: z.string(), reason: z.string(), excerpt: z.string() }),
      ),
    },
  },
  settings: { save: { input: settingsSchema.partial(), output: settingsSchema } },
  notifications: {
    pause: { input: z.object({ until: z.enum(['oneHour', 'tomorrow', 'resume']) }), output: nothing },
  },
  savedLog: {
    /** Shows the system's file dialog; null when the admin closed it without choosing. */
    open: { input: nothing, output: z.array(replayReportSchema).nullable() },
    cancel: { input: nothing, output: nothing },
  },
  lab: {
    open: { input: nothing, output: nothing },
    close: { input: nothing, output: nothing },
    trigger: { input: z.object({ action: z.enum(['attack', 'calm', 'unlock']) }), output: nothing },
  },
  ...isolationRequests,
  ...directoryRequests,
  ...incidentRequests,
  ...checklistRequests,
  ...policyRequests,
  ...consoleRequests,
  ...unlockRequests,
  ...rdpRequests,
  ...runbookRequests,
} as const satisfies {
  [G in keyof RequestChannels]: {
    [M in RequestChannels[G][number]]: { input: z.ZodType; output: z.ZodType };
  };
};

/** Every event that main sends to the window. */
export const events = {
  state: { changed: stateChangeSchema },
  check: { progress: checkReportSchema },
  savedLog: { progress: z.object({ file: z.string(), bytesRead: z.number(), bytesTotal: z.number() }) },
  directory: { checked: directoryCheckReportSchema },
  window: { navigate: destinationSchema },
} as const satisfies { [G in keyof EventChannels]: { [M in EventChannels[G][number]]: z.ZodType } };

export type Requests = typeof requests;
export type Events = typeof events;
export type RequestInput<G extends keyof Requests, M extends keyof Requests[G]> = Requests[G][M] extends {
  input: infer S extends z.ZodType;
}
  ? z.infer<S>
  : never;
export type RequestOutput<G extends keyof Requests, M extends keyof Requests[G]> = Requests[G][M] extends {
  output: infer S extends z.ZodType;
}
  ? z.infer<S>
  : never;
export type EventPayload<G extends keyof Events, M extends keyof Events[G]> = Events[G][M] extends z.ZodType
  ? z.infer<Events[G][M]>
  : never;
