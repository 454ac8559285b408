import { createHash } from 'node:crypto';
import { escapeHtml } from './markdown-html';
import type { Paper } from './paper';
import { PRINT_STYLE } from './print-style';

export interface PrintDocument {
  readonly title: string;
  /** Already HTML, by `markdownToHtml`. */
  readonly body: string;
  readonly language: string;
  readonly paper: Paper;
}

const styleOf = (paper: Paper): string => `@page { size: ${paper}; }\n${PRINT_STYLE}`;

/** The whole document: the body in the print stylesheet, which nothing but the document itself is loaded for. */
export const printDocument = ({ title, body, language, paper }: PrintDocument): string =>
  `<!doctype html><html lang="${escapeHtml(language)}"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title><style>${styleOf(paper)}</style></head><body>${body}</body></html>`;

/** Nothing may be loaded, run or sent; of styles, only the document's own by its hash. */
export const printPolicy = (paper: Paper): string =>
  `default-src 'none'; style-src 'sha256-${createHash('sha256').update(styleOf(paper)).digest('base64')}'; base-uri 'none'; form-action 'none'`;

const PAGE = '[[page]]';
const PAGES = '[[pages]]';

/** The foot of every page: the title and the page's number, which the renderer fills in by class. */
export function printFooter(title: string, pageOf: (page: string, pages: string) => string): string {
  const words = escapeHtml(pageOf(PAGE, PAGES))
    .replace(PAGE, '<span class="pageNumber"></span>')
    .replace(PAGES, '<span class="totalPages"></span>');
  return `<div style="width:100%;margin:0 15mm;font:8px sans-serif;color:#333;display:flex;justify-content:space-between"><span>${escapeHtml(title)}</span><span>${words}</span></div>`;
}
