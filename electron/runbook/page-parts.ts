import { runbookAnchor } from '../../shared/runbook';
import type { PageText } from './page-text';

/** What a search finds as one: a page's head, the text under a heading, or a row of a table. */
export interface PagePart {
  /** Null: the top of the page. */
  readonly anchor: string | null;
  readonly heading: string | null;
  /** What a row is about: its first cell. Empty for other parts. */
  readonly name: string;
  /** What a row's name is one of: the heading of its column. */
  readonly kind: string;
  /** Without the marks of Markdown. */
  readonly text: string;
}

const FENCE = /^(```|~~~)/;
const HEADING = /^#{2,4} (.+)$/;
const TABLE_RULE = /^\|[\s:|-]+\|$/;

/** The words of a line of Markdown. */
export const plainText = (markdown: string): string =>
  markdown
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^\s*(?:[-*+]|\d+\.|>)\s+/, '')
    .replace(/[`*]|(?<!\w)_|_(?!\w)/g, '')
    .replaceAll('\\|', '|')
    .trim();

/** The cells of a table's row; null when the line is none. */
export function cellsOf(line: string): string[] | null {
  if (!/^\|.*\|$/.test(line)) return null;
  return line
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map(plainText);
}

/** Parts a page where its headings stand, and its tables by row where its head asks for it. */
export function partsOf({ head, markdown }: PageText): PagePart[] {
  const parts: PagePart[] = [];
  let heading: string | null = null;
  let lines: string[] = [];
  let fenced = false;
  /** The heading of the table's first column; null outside of tables. */
  let kind: string | null = null;
  const close = (): void => {
    const anchor = heading === null ? null : runbookAnchor(heading);
    parts.push({ anchor, heading, name: '', kind: '', text: lines.join(' ') });
    lines = [];
  };
  for (const line of markdown.split('\n')) {
    if (FENCE.test(line)) fenced = !fenced;
    const next = fenced ? null : HEADING.exec(line);
    const cells = fenced ? null : cellsOf(line);
    if (next?.[1] !== undefined) {
      close();
      heading = plainText(next[1]);
    } else if (cells === null) {
      kind = null;
      const text = FENCE.test(line) ? '' : fenced ? line.trim() : plainText(line);
      if (text !== '') lines.push(text);
    } else if (!TABLE_RULE.test(line)) {
      const text = cells.filter((cell) => cell !== '').join(' · ');
      // A table's first row names its columns.
      if (head.anchors === 'rows' && kind !== null) {
        const [name = ''] = cells;
        parts.push({ anchor: runbookAnchor(name), heading, name, kind, text });
      } else lines.push(text);
      kind ??= cells[0] ?? '';
    }
  }
  close();
  return parts;
}
