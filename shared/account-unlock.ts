import { z } from 'zod';
import { phraseSchema, verdictSchema } from './account-status';
import { errorSchema } from './errors';
import { instanceIdSchema } from './instance';

/** The account meant, as it was shown. Where the SID is known it decides, so that a rename is noticed. */
export const unlockTargetSchema = z.object({ name: z.string(), sid: z.string().nullable() });
export type UnlockTarget = z.infer<typeof unlockTargetSchema>;

export const accountStandingSchema = z.object({ name: z.string(), sid: z.string(), locked: z.boolean() });
export type AccountStanding = z.infer<typeof accountStandingSchema>;

/** The domain controller that was asked. */
export const controllerSchema = z.object({
  name: z.string(),
  /** Whether it holds the PDC emulator's role. */
  pdc: z.boolean(),
  /** Who holds it; null when that could not be told. */
  pdcName: z.string().nullable(),
  /** The account's domain, as Windows writes it before a name; null when it could not be told. */
  domain: z.string().nullable(),
});
export type Controller = z.infer<typeof controllerSchema>;

/** How an account stands where it is judged, and whether the session that asked may unlock it. */
export const accountInspectionSchema = z.object({
  /** Null: there is no such account. */
  account: accountStandingSchema.nullable(),
  elevated: z.boolean(),
  /** The account is the one that is signed in. */
  self: z.boolean(),
  /** Null: it is a local account. */
  controller: controllerSchema.nullable(),
});
export type AccountInspection = z.infer<typeof accountInspectionSchema>;

/** What became of one attempt to unlock. */
export const unlockAnswerSchema = z.object({
  found: z.boolean(),
  done: z.boolean(),
  refused: z.enum(['renamed', 'self', 'notElevated', 'notLocked']).nullable(),
  before: accountStandingSchema.nullable(),
  /** Read again afterwards; null when that failed, or nothing was done. */
  after: accountStandingSchema.nullable(),
});
export type UnlockAnswer = z.infer<typeof unlockAnswerSchema>;

/** What would be done, as the admin sees it before saying yes. */
export const unlockPlanSchema = z.object({
  name: z.string(),
  sid: z.string(),
  domain: z.string().nullable(),
  builtinAdministrator: z.boolean(),
  disabled: z.boolean().nullable(),
  scope: z.enum(['local', 'domain']),
  /** Where it is done: an instance's name, or a directory's. */
  where: z.string(),
  controller: controllerSchema.nullable(),
  lockedAtMs: z.number().nullable(),
  autoUnlockAtMs: z.number().nullable(),
  lockedUntilAdmin: z.boolean(),
  lastFailureAtMs: z.number().nullable(),
  lastSource: z.string().nullable(),
  paceSeconds: z.number().nullable(),
  /** From the unlock to the next lock at the present pace; null when it will not relock or cannot be told. */
  relockSeconds: z.number().nullable(),
  verdict: verdictSchema,
  /** Whether isolating first is called for, has been done, or would not help. */
  isolation: z.enum(['recommended', 'recommendedNotPossible', 'done', 'notNeeded']),
});
export type UnlockPlan = z.infer<typeof unlockPlanSchema>;

/** The plan, or why there is none: one of the three is there. */
export const unlockPreviewSchema = z.object({
  id: instanceIdSchema,
  accountKey: z.string(),
  /** Names exactly this plan: what is applied is what was shown. */
  previewId: z.string(),
  plan: unlockPlanSchema.nullable(),
  refusal: phraseSchema.nullable(),
  error: errorSchema.nullable(),
});
export type UnlockPreview = z.infer<typeof unlockPreviewSchema>;

export const unlockOutcomeSchema = z.discriminatedUnion('kind', [
  /** `verified`: read again where the account is judged, and not locked. */
  z.object({ kind: z.literal('done'), verified: z.boolean(), text: phraseSchema }),
  z.object({ kind: z.literal('refused'), text: phraseSchema, error: errorSchema.nullable() }),
  /** The answer was lost: it may be done or not. */
  z.object({ kind: z.literal('unknown'), text: phraseSchema, error: errorSchema }),
  /** It is not as it was shown: nothing was done, here is how it is now. */
  z.object({ kind: z.literal('replaced'), preview: unlockPreviewSchema }),
]);
export type UnlockOutcome = z.infer<typeof unlockOutcomeSchema>;

export const accountUnlockRunSchema = z.object({
  id: instanceIdSchema,
  accountKey: z.string(),
  startedAtMs: z.number(),
});
export type AccountUnlockRun = z.infer<typeof accountUnlockRunSchema>;
