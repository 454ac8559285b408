import { type Session, session as sessions } from 'electron';
import { type AppError, appError } from '../../../shared/errors';
import { err, ok, type Result } from '../../../shared/result';
import type { Log } from '../../log/log';
import type { Clock } from '../../watch/clock';
import { APP_SCHEME } from '../page/asset-path';
import type { WindowFactory } from '../window-factory';
import { type Paper, paperOf } from './paper';
import { createTurns } from './turns';

/** The one address that a document for the printer has. */
const DOCUMENT_URL = `${APP_SCHEME}://print/document`;
/** Laying out a record of a thousand pages takes a while; a renderer that hangs must still end. */
const LAYOUT_MS = 120_000;
const INCH_IN_MM = 25.4;
const MARGIN_INCHES = 15 / INCH_IN_MM;

export interface Printer {
  /** Markdown as a PDF with numbered pages. */
  printToPdf(markdown: string, title: string): Promise<Result<Uint8Array>>;
  /** Markdown through the system's print dialog; `app.cancelled` when it was closed without printing. */
  printMarkdown(markdown: string, title: string): Promise<Result<null>>;
}

export interface PrinterOptions {
  readonly factory: Pick<WindowFactory, 'createForPrint'>;
  readonly clock: Clock;
  readonly log: Log;
  /** The locale of the user's system: it decides the paper. */
  readonly locale: () => string;
  /** The words of a page's number. */
  readonly pageOf: (page: string, pages: string) => string;
}

/**
 * Prints Markdown from a hidden window in a session of its own, which knows the one document and nothing else. One
 * document at a time: they share the address.
 */
export function createPrinter(options: PrinterOptions): Printer {
  const inTurn = createTurns();
  return {
    printToPdf: (markdown, title) =>
      inTurn(() =>
        withDocument(options, markdown, title, async ({ window, paper, footer, inTime }) => {
          const bytes = await inTime(
            window.webContents.printToPDF({
              pageSize: paper,
              printBackground: true,
              displayHeaderFooter: true,
              headerTemplate: '<span></span>',
              footerTemplate: footer,
              margins: {
                top: MARGIN_INCHES,
                bottom: MARGIN_INCHES * 1.3,
                left: MARGIN_INCHES,
                right: MARGIN_INCHES,
              },
              generateTaggedPDF: true,
              generateDocumentOutline: true,
            }),
          );
          return ok(new Uint8Array(bytes));
        }),
      ),
    printMarkdown: (markdown, title) =>
      inTurn(() =>
        withDocument(options, markdown, title, async ({ window, paper }) => {
          // Asked first, since without a printer Chromium ends without a reason that could be told from a failure.
          const printers = await window.webContents.getPrintersAsync();
          if (printers.length === 0) return err(appError('print.noPrinter'));
          return new Promise((resolve) => {
            window.webContents.print(
              { silent: false, printBackground: true, pageSize: paper, header: title },
              (success, reason) => resolve(success ? ok(null) : err(notPrinted(reason))),
            );
          });
        }),
      ),
  };
}

/** Chromium names a closed dialog in words only, and in English whatever the system speaks. */
const notPrinted = (reason: string): AppError =>
  appError(/cancell?ed/i.test(reason) ? 'app.cancelled' : 'print.failed');

interface OpenDocument {
  readonly window: Electron.BrowserWindow;
  readonly paper: Paper;
  readonly footer: string;
  /** Rejects when the work does not end in time. */
  readonly inTime: <T>(work: Promise<T>) => Promise<T>;
}

/** Lays the document out in a hidden window, which is gone afterwards whatever happens. */
async function withDocument<T>(
  { factory, clock, log, locale, pageOf }: PrinterOptions,
  markdown: string,
  title: string,
  use: (open: OpenDocument) => Promise<Result<T>>,
): Promise<Result<T>> {
  // The renderer of Markdown is no part of start-up.
  const [{ markdownToHtml }, { printDocument, printFooter, printPolicy }] = await Promise.all([
    import('./markdown-html'),
    import('./print-document'),
  ]);
  const paper = paperOf(locale());
  const body = markdownToHtml(markdown);
  const html = printDocument({ title, body, language: locale(), paper });
  const session = documentSession(html, printPolicy(paper));
  const window = factory.createForPrint(title, session);
  const inTime = <V>(work: Promise<V>): Promise<V> =>
    new Promise((resolve, reject) => {
      const cancel = clock.after(LAYOUT_MS, () => reject(new Error('laying out took too long')));
      work.then(resolve, reject).finally(cancel);
    });
  try {
    await inTime(window.loadURL(DOCUMENT_URL));
    return await use({ window, paper, footer: printFooter(title, pageOf), inTime });
  } catch (cause) {
    log.error('print.failed', {}, cause);
    return err(appError('print.failed'));
  } finally {
    if (!window.isDestroyed()) window.destroy();
    session.protocol.unhandle(APP_SCHEME);
  }
}

/** A session in memory that can load the document and nothing else, not even the app's own page. */
function documentSession(html: string, policy: string): Session {
  const session = sessions.fromPartition('print', { cache: false });
  session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: url !== DOCUMENT_URL }));
  session.protocol.handle(APP_SCHEME, ({ url, method }) =>
    url === DOCUMENT_URL && method === 'GET'
      ? new Response(html, {
          headers: {
            'Content-Type': 'text/html; charset=utf-8',
            'Content-Security-Policy': policy,
            'X-Content-Type-Options': 'nosniff',
            'Referrer-Policy': 'no-referrer',
            'Cache-Control': 'no-store',
          },
        })
      : new Response(null, { status: 404 }),
  );
  return session;
}
