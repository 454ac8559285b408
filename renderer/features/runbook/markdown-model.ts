import { runbookAnchor } from '../../../shared/runbook';

/** What of Markdown's tree is needed to read its words. */
export interface TextNode {
  readonly type: string;
  readonly tagName?: string;
  readonly value?: string;
  readonly children?: readonly TextNode[];
}

/** The words of a part of the page. */
export const textOf = (node: TextNode | undefined): string =>
  node === undefined ? '' : (node.value ?? (node.children ?? []).map(textOf).join(''));

/** Ids on the page stand apart from those of the app. */
export const elementId = (anchor: string): string => `runbook-${anchor}`;

export const headingId = (node: TextNode | undefined): string => elementId(runbookAnchor(textOf(node)));

/** The id of a row by its first cell; undefined for the row that names the columns. */
export function rowId(row: TextNode | undefined): string | undefined {
  const cell = row?.children?.find(({ type }) => type === 'element');
  return cell?.tagName === 'td' ? elementId(runbookAnchor(textOf(cell))) : undefined;
}

export interface Heading {
  readonly anchor: string;
  readonly text: string;
  readonly level: 2 | 3;
}

const FENCE = /^(```|~~~)/;

/** The headings of a page, for its table of contents. */
export function headingsOf(markdown: string): Heading[] {
  const headings: Heading[] = [];
  let fenced = false;
  for (const line of markdown.split('\n')) {
    if (FENCE.test(line)) fenced = !fenced;
    const match = fenced ? null : /^(##|###) (.+)$/.exec(line);
    if (!match?.[1] || !match[2]) continue;
    const text = match[2]
      .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replace(/[`*]/g, '')
      .trim();
    headings.push({ anchor: runbookAnchor(text), text, level: match[1].length as 2 | 3 });
  }
  return headings;
}
