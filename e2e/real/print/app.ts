import { readFileSync, writeFileSync } from 'node:fs';
import { app, BrowserWindow, session } from 'electron';
import { guardSession } from '../../../electron/desktop/guards/session-guards';
import { registerAppScheme } from '../../../electron/desktop/page/serve-page';
import { createPrinter } from '../../../electron/desktop/print/printer';
import { createWindowFactory } from '../../../electron/desktop/window-factory';
import { createLog } from '../../../electron/log/log';
import { systemClock } from '../../../electron/watch/clock';

/** The app's printer, guarded as in the app, making PDFs of the jobs in a file, all asked for at once. */
interface Job {
  readonly markdown: string;
  readonly title: string;
  readonly output: string;
}

registerAppScheme();
const { PRINT_JOBS = '', PRINT_LOCALE = 'en-GB', PRINT_DIALOG } = process.env;
const log = createLog(
  (line) => void process.stdout.write(`${JSON.stringify(line)}\n`),
  () => Date.now(),
);

async function run(): Promise<unknown> {
  const printer = createPrinter({
    factory: createWindowFactory('', ''),
    clock: systemClock,
    log,
    locale: () => PRINT_LOCALE,
    pageOf: (page, pages) => `Page ${page} of ${pages}`,
  });
  app.on('session-created', (created) => guardSession(created, () => false, log));
  guardSession(session.defaultSession, () => false, log);
  const jobs = JSON.parse(readFileSync(PRINT_JOBS, 'utf8')) as Job[];
  if (PRINT_DIALOG !== undefined) {
    const [job] = jobs;
    return job ? printer.printMarkdown(job.markdown, job.title) : null;
  }
  return Promise.all(
    jobs.map(async ({ markdown, title, output }) => {
      const printed = await printer.printToPdf(markdown, title);
      if (printed.ok) writeFileSync(output, printed.value);
      return printed.ok ? { ok: true, windows: BrowserWindow.getAllWindows().length } : printed;
    }),
  );
}

app.on('window-all-closed', () => undefined);
void app
  .whenReady()
  .then(run)
  .catch((cause: unknown) => String(cause))
  .then((answer) => {
    process.stdout.write(`\nRESULT ${JSON.stringify(answer)}\n`);
    app.exit();
  });
