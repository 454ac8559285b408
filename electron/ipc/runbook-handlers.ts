import { appError } from '../../shared/errors';
import { err, ok, type Result } from '../../shared/result';
import type { RunbookEntry, RunbookPage } from '../../shared/runbook-contract';
import type { Log } from '../log/log';
import type { RunbookLibrary } from '../runbook/library';
import type { Handlers } from './dispatch';

export interface RunbookServices {
  readonly library: RunbookLibrary;
  readonly print: {
    printToPdf(markdown: string, title: string): Promise<Result<Uint8Array>>;
    printMarkdown(markdown: string, title: string): Promise<Result<null>>;
  };
  /** Asks the admin for a place; null when none was chosen. */
  readonly choosePlace: (suggestion: string) => Promise<string | null>;
  readonly writeFile: (path: string, bytes: Uint8Array) => Promise<Result<null>>;
  readonly log: Log;
}

/** The runbook's questions. Its files come with the app: when they cannot be read, the app is damaged. */
export function createRunbookHandlers(services: RunbookServices): Handlers['runbook'] {
  const { choosePlace, library, log, print, writeFile } = services;
  async function read<T>(question: Promise<T>): Promise<Result<T>> {
    try {
      return ok(await question);
    } catch (cause) {
      log.error('runbook.notRead', {}, cause);
      return err(appError('file.notReadable'));
    }
  }
  return {
    contents: (): Promise<Result<RunbookEntry[]>> => read(library.contents()),
    page: ({ id }): Promise<Result<RunbookPage>> => read(library.page(id)),
    search: ({ text }) => read(library.search(text)),
    async print({ id, to }) {
      const page = await read(library.page(id));
      if (!page.ok) return page;
      const { markdown, title } = page.value;
      const whole = `# ${title}\n\n${markdown}`;
      if (to === 'printer') return print.printMarkdown(whole, title);
      const path = await choosePlace(`lockwatch-runbook-${id}.pdf`);
      if (path === null) return ok(null);
      const pdf = await print.printToPdf(whole, title);
      if (!pdf.ok) return pdf;
      const written = await writeFile(path, pdf.value);
      return written.ok ? ok({ path }) : written;
    },
  };
}
