import { z } from 'zod';
import { phraseSchema } from './account-status';
import { instanceIdSchema } from './instance';

/** A lockout policy as an admin chooses it, in minutes as Windows' own dialogs have it (R1). */
export const policyChoiceSchema = z
  .object({
    /** 0 never locks. */
    threshold: z.number().int().min(0).max(999),
    windowMinutes: z.number().int().min(1).max(99_999),
    /** 0: until an admin unlocks. */
    durationMinutes: z.number().int().min(0).max(99_999),
  })
  .refine(
    ({ threshold, windowMinutes, durationMinutes }) =>
      threshold === 0 || durationMinutes === 0 || durationMinutes >= windowMinutes,
    { path: ['durationMinutes'], message: 'shorterThanWindow' },
  );
export type PolicyChoice = z.infer<typeof policyChoiceSchema>;

/** Whose failures are replayed: those seen at an instance, or those of a whole directory. */
export const tradeOffScopeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('instance'), id: instanceIdSchema }),
  z.object({ kind: z.literal('directory'), id: z.uuid() }),
]);
export type TradeOffScope = z.infer<typeof tradeOffScopeSchema>;

/** What would have happened under one policy. */
export const tradeOffFiguresSchema = z.object({
  choice: policyChoiceSchema,
  /** Lockouts of accounts that exist, whoever caused them. */
  lockouts: z.number(),
  lockedAccounts: z.number(),
  /** Lockouts that the users' own failures alone would have caused. */
  lockoutsByUsers: z.number(),
  /** Right passwords that would have been refused. */
  shutOut: z.number(),
  lockedSeconds: z.number(),
  /** Guesses whose password would have been looked at, and those refused unseen. */
  guessesJudged: z.number(),
  guessesRefused: z.number(),
  guessesPerDay: z.number(),
  /** The most guesses a day that this policy allows on one account; null: without limit. */
  ceilingPerDay: z.number().nullable(),
});
export type TradeOffFigures = z.infer<typeof tradeOffFiguresSchema>;

export const tradeOffSchema = z.object({
  fromMs: z.number(),
  toMs: z.number(),
  /** What was replayed, by whom it is taken to be. */
  attempts: z.object({ guessers: z.number(), users: z.number(), unknown: z.number() }),
  accounts: z.number(),
  /** The policy in force, with what it makes of the same attempts; null when it is not known. */
  current: tradeOffFiguresSchema.nullable(),
  chosen: z.array(tradeOffFiguresSchema),
  /** What the numbers rest on. */
  assumptions: z.array(phraseSchema),
});
export type TradeOff = z.infer<typeof tradeOffSchema>;

const SECONDS_PER_DAY = 86_400;

/**
 * The most guesses a day that a policy allows on one account (R6, R7, R9): always one below the threshold and then a
 * window's rest, or locking it and waiting the lock out, whichever gives more. Null: without limit.
 */
export function guessesPerDay(
  threshold: number,
  windowSeconds: number,
  durationSeconds: number | null,
): number | null {
  if (threshold === 0) return null;
  const belowThreshold = windowSeconds > 0 ? ((threshold - 1) * SECONDS_PER_DAY) / windowSeconds : 0;
  const waitingOut =
    durationSeconds !== null && durationSeconds > 0 ? (threshold * SECONDS_PER_DAY) / durationSeconds : 0;
  return Math.floor(Math.max(belowThreshold, waitingOut));
}

export const policyRequests = {
  policy: {
    /** Replays what was seen in the last days under other values; asked again, the question before is called off. */
    tradeOff: {
      input: z.object({
        scope: tradeOffScopeSchema,
        days: z.number().int().min(1).max(365),
        choices: z.array(policyChoiceSchema).min(1).max(8),
      }),
      output: tradeOffSchema,
    },
    cancelTradeOff: { input: z.null(), output: z.null() },
  },
} as const;
