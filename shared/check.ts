import { z } from 'zod';
import { errorSchema } from './errors';
import { hostKeyQuestionSchema } from './instance';

/** The steps of a connection check, in the order they run. */
export const checkStepIdSchema = z.enum([
  'name',
  'tcp',
  'hostKey',
  'authentication',
  'shell',
  'eventLog',
  'policy',
  'rights',
  'auditing',
  'clock',
]);
export type CheckStepId = z.infer<typeof checkStepIdSchema>;

export const checkStepSchema = z.object({
  id: checkStepIdSchema,
  /** Which leg of the way: the instance or a jump host, by `Hop`. */
  hop: z.string(),
  state: z.enum(['waiting', 'running', 'passed', 'warning', 'failed', 'skipped']),
  durationMs: z.number().nullable(),
  /** Catalogue key of what was found, and its values. */
  messageKey: z.string().nullable(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  error: errorSchema.nullable(),
});
export type CheckStep = z.infer<typeof checkStepSchema>;

export const checkReportSchema = z.object({
  checkId: z.string(),
  startedAtMs: z.number(),
  finishedAtMs: z.number().nullable(),
  steps: z.array(checkStepSchema),
  /** Set when the check stopped at a host key that the admin has to decide about. */
  hostKeyQuestion: hostKeyQuestionSchema.nullable(),
});
export type CheckReport = z.infer<typeof checkReportSchema>;
