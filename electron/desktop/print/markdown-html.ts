import { micromark } from 'micromark';
import { gfmTable, gfmTableHtml } from 'micromark-extension-gfm-table';

const LINK_TAG = /<a href="[^"]*"(?: title="[^"]*")?>|<\/a>/g;
const IMAGE_TAG = /<img src="[^"]*" alt="([^"]*)"(?: title="[^"]*")? ?\/?>/g;

/** A tag, or a word that is longer than a column of a table should have to be. */
const TAG_OR_LONG = /(<[^>]*>)|[^\s<>]{32,}/g;

/**
 * Markdown with tables as HTML that only shows: HTML in the text stays text, a link keeps its words and an image its
 * description. Every `<` of the text is escaped, so the tags found here are the renderer's own. Very long words are
 * marked, to be broken where a line ends.
 */
export function markdownToHtml(markdown: string): string {
  return micromark(markdown, { extensions: [gfmTable()], htmlExtensions: [gfmTableHtml()] })
    .replace(IMAGE_TAG, '$1')
    .replace(LINK_TAG, '')
    .replace(TAG_OR_LONG, (found, tag: string | undefined) => tag ?? `<span class="long">${found}</span>`);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text as it stands in HTML, in an attribute too. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
