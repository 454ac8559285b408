import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { choosePlace } from '../desktop/system/choose-place';
import { createRunbookHandlers, type RunbookServices } from '../ipc/runbook-handlers';
import { createRunbookLibrary } from '../runbook/library';
import type { Foundation } from './parts';

export interface RunbookPartOptions {
  readonly foundation: Foundation;
  readonly appFolder: string;
  readonly printer: RunbookServices['print'];
  /** The language of the app, as a BCP 47 locale. */
  readonly locale: () => string;
}

/** The runbook, which ships with the app as text. Nothing is read before somebody asks. */
export function composeRunbook({ foundation, appFolder, printer, locale }: RunbookPartOptions) {
  const folder = join(appFolder, 'runbook');
  const library = createRunbookLibrary({
    readText: (path) => readFile(join(folder, path), 'utf8'),
    languages: () => [languageOf(locale())],
  });
  return {
    handlers: {
      runbook: createRunbookHandlers({
        library,
        print: printer,
        choosePlace,
        writeFile: foundation.files.writeAtomic,
        log: foundation.log,
      }),
    },
  };
}

/** The name of a language's folder; a locale that is none means English. */
const languageOf = (locale: string): string => /^[a-z]{2,3}(?=-|$)/.exec(locale)?.[0] ?? 'en';
