import { z } from 'zod';
import { runbookPageIdSchema, runbookSectionSchema } from './runbook';

/** A longer search is cut here: what it finds is decided by far fewer words. */
export const SEARCH_TEXT_LIMIT = 20_000;

export const runbookEntrySchema = z.object({
  id: runbookPageIdSchema,
  title: z.string(),
  section: runbookSectionSchema,
  /** In one sentence, what the page helps with. */
  summary: z.string(),
});
export type RunbookEntry = z.infer<typeof runbookEntrySchema>;

export const runbookPageSchema = runbookEntrySchema.extend({
  /** The language that the text is in: English where a translation lacks the page. */
  language: z.string(),
  markdown: z.string(),
  /** Rows of its tables have anchors by their first cell. */
  rowAnchors: z.boolean(),
});
export type RunbookPage = z.infer<typeof runbookPageSchema>;

export const runbookHitSchema = z.object({
  pageId: runbookPageIdSchema,
  /** Null: the top of the page. */
  anchor: z.string().nullable(),
  title: z.string(),
  /** The heading above what was found; null at the top of the page. */
  heading: z.string().nullable(),
  /** A stretch of the text; what was searched for is marked. */
  excerpt: z.array(z.object({ text: z.string(), hit: z.boolean() })),
});
export type RunbookHit = z.infer<typeof runbookHitSchema>;

const byPage = z.object({ id: runbookPageIdSchema });

export const runbookRequests = {
  runbook: {
    contents: { input: z.null(), output: z.array(runbookEntrySchema) },
    page: { input: byPage, output: runbookPageSchema },
    search: {
      input: z.object({ text: z.string().max(SEARCH_TEXT_LIMIT) }),
      output: z.array(runbookHitSchema),
    },
    /** `pdf` asks for a place; the answer is null when none was chosen, and after printing. */
    print: {
      input: byPage.extend({ to: z.enum(['printer', 'pdf']) }),
      output: z.object({ path: z.string() }).nullable(),
    },
  },
} as const;

/** Where a click on something that the runbook explains leads. */
export const runbookDestinationSchema = z.object({
  page: z.literal('runbook'),
  /** Null: the contents. An id that is none shows the contents, too. */
  pageId: z.string().max(100).nullable(),
  anchor: z.string().max(200).optional(),
  query: z.string().max(SEARCH_TEXT_LIMIT).optional(),
});
