import { z } from 'zod';
import { phraseSchema } from './account-status';
import { instanceIdSchema } from './instance';

/** The four steps from a locked account to a working one, in order. */
export const checklistStepIdSchema = z.enum(['isolate', 'unlock', 'restore', 'verify']);
export type ChecklistStepId = z.infer<typeof checklistStepIdSchema>;

/** Parts of the steps. A name once given stays: records of incidents hold them for ever. */
export const checklistPartIdSchema = z.enum([
  'originalsRecorded',
  'isolated',
  'consoleOpened',
  'ctrlAltDel',
  'passwordReset',
  'consoleSignIn',
  'accountUnlocked',
  'staleCredentials',
  'trustedRule',
  'rdpAnswers',
  'accountClear',
  'signedInAgain',
  'quiet',
]);
export type ChecklistPartId = z.infer<typeof checklistPartIdSchema>;

/** `reopened`: it was done, and evidence has contradicted it since. `notNeeded` says why in `evidence`. */
export const checklistStateSchema = z.enum(['todo', 'doing', 'done', 'reopened', 'notNeeded', 'blocked']);
export type ChecklistState = z.infer<typeof checklistStateSchema>;

/** What a button of a part leads to. It opens a page or a dialog; that asks before anything is changed. */
export const checklistActionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('isolate') }),
  z.object({ kind: z.literal('recipe') }),
  z.object({ kind: z.literal('openConsole') }),
  z.object({ kind: z.literal('resetPassword') }),
  z.object({ kind: z.literal('unlockAccount'), accountKey: z.string() }),
  z.object({ kind: z.literal('restoreToTrust') }),
  z.object({ kind: z.literal('probeRdp') }),
  z.object({ kind: z.literal('connectRdp') }),
  z.object({ kind: z.literal('openAccount'), accountKey: z.string() }),
  z.object({ kind: z.literal('openDirectory') }),
  z.object({ kind: z.literal('linkCloud') }),
]);
export type ChecklistAction = z.infer<typeof checklistActionSchema>;

export const checklistPartSchema = z.object({
  id: checklistPartIdSchema,
  state: checklistStateSchema,
  /** Who says that it is done; null while it is not. */
  by: z.enum(['evidence', 'hand']).nullable(),
  /** The admin who ticked it by hand, or did what ticked it; null for what was only seen. */
  who: z.string().nullable(),
  /** When it got into this state; null when it was never in another. */
  atMs: z.number().nullable(),
  /** What to do, in one sentence. */
  what: phraseSchema,
  why: phraseSchema,
  /** What shows that it is done, contradicted, not needed or blocked; null while nothing does. */
  evidence: phraseSchema.nullable(),
  actions: z.array(checklistActionSchema),
  /** Whether it may be ticked by hand; a part that evidence decides alone may not. */
  byHand: z.boolean(),
  optional: z.boolean(),
  /** Runs down to this moment: an automatic unlock, for example. */
  countdown: z.object({ label: phraseSchema, untilMs: z.number() }).nullable(),
});
export type ChecklistPart = z.infer<typeof checklistPartSchema>;

export const checklistStepSchema = z.object({
  id: checklistStepIdSchema,
  state: checklistStateSchema,
  /** What is to be known about it here: what does not help, what stays unknown. */
  notes: z.array(phraseSchema),
  parts: z.array(checklistPartSchema),
});
export type ChecklistStep = z.infer<typeof checklistStepSchema>;

export const checklistSchema = z.object({
  incidentId: z.uuid(),
  instanceId: instanceIdSchema,
  /** The account it is about; null while only an attack is known. */
  accountKey: z.string().nullable(),
  accountName: z.string().nullable(),
  /** The incident's accounts that it could be about instead. */
  accounts: z.array(z.object({ key: z.string(), name: z.string() })),
  steps: z.array(checklistStepSchema),
  /** What is to be done next; null when all is done. */
  next: z.object({ step: checklistStepIdSchema, part: checklistPartIdSchema }).nullable(),
  /** Of the parts that are needed. */
  done: z.number().int(),
  total: z.number().int(),
  /** True when every part that proves the end is done by evidence: the incident may close. */
  proven: z.boolean(),
});
export type Checklist = z.infer<typeof checklistSchema>;
