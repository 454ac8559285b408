import { z } from 'zod';
import { phraseSchema } from '../../../shared/account-status';
import { checklistPartIdSchema } from '../../../shared/checklist';
import { rdpVerdictSchema } from '../../../shared/rdp';
import type { JsonValue } from '../../incidents/types';
import { type ChecklistMemory, emptyMemory } from './rules';

const doneAt = z.object({ atMs: z.number(), who: z.string().nullable() });
const tick = z.object({
  part: checklistPartIdSchema,
  account: z.string().nullable(),
  state: z.enum(['done', 'reopened']),
  by: z.enum(['evidence', 'hand']),
  who: z.string().nullable(),
  atMs: z.number(),
  evidence: phraseSchema.nullable(),
});
const unlock = doneAt.extend({ account: z.string().nullable(), verified: z.boolean() });

/** Entries that are none are left out, so that one bad line costs no other. */
const readable = <T extends z.ZodType>(entry: T) =>
  z.array(z.unknown()).transform((all) =>
    all.flatMap((one) => {
      const read = entry.safeParse(one);
      return read.success ? [read.data] : [];
    }),
  );

const keptSchema = z.object({
  version: z.literal(1),
  focus: z
    .object({ key: z.string(), name: z.string(), sid: z.string().nullable(), byHand: z.boolean() })
    .nullable()
    .catch(null),
  ticks: readable(tick).catch([]),
  consoleOpened: doneAt
    .extend({ console: z.enum(['cloud', 'vnc']) })
    .nullable()
    .catch(null),
  ctrlAltDel: doneAt.nullable().catch(null),
  passwordReset: doneAt.nullable().catch(null),
  rebooted: doneAt.nullable().catch(null),
  unlocks: readable(unlock).catch([]),
  rdpProof: z
    .object({ atMs: z.number(), verdict: rdpVerdictSchema, via: z.enum(['here', 'tunnel']) })
    .nullable()
    .catch(null),
  paceSeconds: z.number().nullable().catch(null),
  relockSeconds: z.number().nullable().catch(null),
}) satisfies z.ZodType<ChecklistMemory>;

/** What is kept with the incident. */
export const encodeMemory = (memory: ChecklistMemory): JsonValue =>
  JSON.parse(JSON.stringify(memory)) as JsonValue;

/**
 * What was kept, as far as it can be read; an empty memory where nothing was. What evidence ticked, it ticks again;
 * what a hand ticked is worth saving.
 */
export function decodeMemory(kept: unknown): ChecklistMemory {
  const read = keptSchema.safeParse(kept);
  return read.success ? read.data : emptyMemory;
}
