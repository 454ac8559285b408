import { z } from 'zod';
import {
  certificateQuestionSchema,
  controllerTableSchema,
  directoryAccountSchema,
  directoryFieldsSchema,
  directoryIdSchema,
  directoryProfileSchema,
  directoryViewSchema,
  unlockOutcomeSchema,
  unlockPreviewSchema,
} from './directory';

const nothing = z.null();
const byId = z.object({ id: directoryIdSchema });
const accountKey = z.string().min(1).max(200);
/** A newly typed password: travels to the vault and never back; null keeps what is there. */
const password = z.string().min(1).max(4096).nullable();

export const directoryRequests = {
  directory: {
    save: {
      input: z.object({
        /** Null adds a directory. */
        id: directoryIdSchema.nullable(),
        fields: directoryFieldsSchema,
        password,
      }),
      output: directoryProfileSchema,
    },
    delete: {
      input: z.object({ ids: z.array(directoryIdSchema).min(1).max(100) }),
      output: z.object({ undoToken: z.string(), undoUntilMs: z.number() }),
    },
    undoDelete: {
      input: z.object({ undoToken: z.string().max(100) }),
      output: z.array(directoryProfileSchema),
    },
    startCheck: {
      input: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('saved'), id: directoryIdSchema }),
        z.object({
          kind: z.literal('draft'),
          id: directoryIdSchema.nullable(),
          fields: directoryFieldsSchema,
          password,
        }),
      ]),
      output: z.object({ checkId: z.string() }),
    },
    cancelCheck: { input: z.object({ checkId: z.string().max(100) }), output: nothing },
    /** The admin's word on a certificate that a watcher or a check stopped at. */
    decideCertificate: {
      input: z.object({
        id: directoryIdSchema.nullable(),
        checkId: z.string().max(100).nullable(),
        host: z.string().max(253),
        fingerprint: z.string().max(100),
        decision: z.enum(['pin', 'reject']),
      }),
      output: nothing,
    },
    forgetCertificate: {
      input: z.object({ id: directoryIdSchema, host: z.string().max(253) }),
      output: nothing,
    },
    /** Reads the whole domain again now. */
    refresh: { input: byId, output: nothing },
    /** Tries again after the watcher stopped for the admin. */
    reconnect: { input: byId, output: nothing },
    /** Locked and counting accounts by page; with `search`, whatever accounts of the domain match, at most a page. */
    accounts: {
      input: z.object({
        id: directoryIdSchema,
        state: z.enum(['locked', 'counting', 'both']),
        search: z.string().trim().max(200),
        offset: z.number().int().min(0),
        limit: z.number().int().min(1).max(500),
      }),
      output: z.object({
        accounts: z.array(directoryAccountSchema),
        total: z.number(),
        /** More match than are shown. */
        more: z.boolean(),
      }),
    },
    /** One account at every controller, read now. */
    table: {
      input: z.object({ id: directoryIdSchema, accountKey }),
      output: controllerTableSchema,
    },
    planUnlock: {
      input: z.object({ id: directoryIdSchema, accountKey }),
      output: unlockPreviewSchema,
    },
    /** Does exactly what was shown, at the PDC emulator, and reads the account again. */
    applyUnlock: {
      input: z.object({ previewId: z.string().max(100), confirmed: z.literal(true) }),
      output: unlockOutcomeSchema,
    },
  },
} as const;

/** What the snapshot holds of the directories. */
export const directorySnapshotSchema = z.object({
  directoryProfiles: z.array(directoryProfileSchema),
  directories: z.array(directoryViewSchema),
  certificateQuestions: z.array(certificateQuestionSchema),
  /** Directories whose password nobody has entered. */
  directoriesWithoutPassword: z.array(directoryIdSchema),
  /** Accepted certificates by directory. */
  directoryCertificates: z.array(z.object({ directoryId: directoryIdSchema, hosts: z.array(z.string()) })),
});
export type DirectorySnapshot = z.infer<typeof directorySnapshotSchema>;

type Methods = (typeof directoryRequests)['directory'];
export type DirectoryInput<M extends keyof Methods> = z.infer<Methods[M]['input']>;
export type DirectoryOutput<M extends keyof Methods> = z.infer<Methods[M]['output']>;
