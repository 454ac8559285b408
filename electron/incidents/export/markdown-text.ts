import { plainText } from '../../../shared/messages/plain-text';

/** What means something to Markdown or HTML wherever it stands. */
const SIGNS = /[\\`*_[\]{}<>|~&#!$@]/g;

/**
 * Text as it reads, whatever stands in it: account names come from whoever tried to sign in. Signs of Markdown and HTML
 * are escaped, nothing turns into a link or a list, control characters and direction marks are gone, and it stays on
 * its line.
 */
export const markdownText = (text: string): string =>
  plainText(text.replace(/\s+/g, ' '))
    .trim()
    .replace(SIGNS, (sign) => `\\${sign}`)
    .replaceAll('://', '\\://')
    .replace(/(www)\./gi, '$1\\.')
    .replace(/^([-+=])/, '\\$1')
    .replace(/^(\d+)([.)])(?=\s|$)/, '$1\\$2');

/** Lines of the admin's own words, each as it reads. */
export const markdownLines = (text: string): string[] =>
  text
    .split(/\r\n|\r|\n/)
    .map(markdownText)
    .filter((line) => line !== '');

/** A table; cells are text already. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
