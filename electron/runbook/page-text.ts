import { z } from 'zod';
import { runbookPageIdSchema, runbookSectionSchema } from '../../shared/runbook';

const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(';')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  );

/** What stands at the head of a page's file. Lists are parted by semicolons; an indented line goes on with a value. */
export const frontMatterSchema = z.strictObject({
  id: runbookPageIdSchema,
  title: z.string().min(1),
  section: runbookSectionSchema,
  summary: z.string().min(1),
  /** Words that the page is looked for by but does not say. */
  keywords: list,
  /** What an admin sees, word by word: error texts and complaints. */
  symptoms: list,
  /** `rows`: each row of its tables is found by itself, and has an anchor by its first cell. */
  anchors: z.enum(['headings', 'rows']).default('headings'),
});
export type FrontMatter = z.infer<typeof frontMatterSchema>;

export interface PageText {
  readonly head: FrontMatter;
  readonly markdown: string;
}

const HEAD = /^---\n+([\s\S]*?)\n---\n+/;

/** Reads a page's file. A page that is not well made is a bug, which the specs of the pages find. */
export function parsePage(text: string): PageText {
  const plain = text.replaceAll('\r\n', '\n');
  const head = HEAD.exec(plain);
  if (head?.[1] === undefined) throw new Error('a page of the runbook has no front matter');
  const fields = Object.fromEntries(
    head[1].split(/\n(?!\s)/).map((line) => {
      const colon = line.indexOf(':');
      return [
        line.slice(0, colon).trim(),
        line
          .slice(colon + 1)
          .trim()
          .replace(/\s+/g, ' '),
      ];
    }),
  );
  return { head: frontMatterSchema.parse(fields), markdown: plain.slice(head[0].length) };
}
