import { describe, expect, it, vi } from 'vitest';
import { appError } from '../../shared/errors';
import { err, ok } from '../../shared/result';
import type { RunbookPage } from '../../shared/runbook-contract';
import { createLog } from '../log/log';
import { createRunbookHandlers, type RunbookServices } from './runbook-handlers';

const page: RunbookPage = {
  id: 'policy',
  title: 'The policy',
  section: 'understand',
  summary: 'What it says.',
  language: 'en',
  markdown: 'Text.',
  rowAnchors: false,
};

function setUp(change: Partial<RunbookServices> = {}) {
  const services: RunbookServices = {
    library: { contents: async () => [page], page: async () => page, search: async () => [] },
    print: {
      printToPdf: vi.fn(async () => ok(new Uint8Array([1, 2]))),
      printMarkdown: vi.fn(async () => ok(null)),
    },
    choosePlace: async () => '/tmp/policy.pdf',
    writeFile: vi.fn(async () => ok(null)),
    log: createLog(
      () => undefined,
      () => 0,
    ),
    ...change,
  };
  return { services, handlers: createRunbookHandlers(services) };
}

describe('the runbook for the window', () => {
  it('prints a page with its title', async () => {
    const { handlers, services } = setUp();
    expect(await handlers.print({ id: 'policy', to: 'printer' })).toEqual(ok(null));
    expect(services.print.printMarkdown).toHaveBeenCalledWith('# The policy\n\nText.', 'The policy');
  });

  it('writes a PDF where the admin says', async () => {
    const { handlers, services } = setUp();
    expect(await handlers.print({ id: 'policy', to: 'pdf' })).toEqual(ok({ path: '/tmp/policy.pdf' }));
    expect(services.writeFile).toHaveBeenCalledWith('/tmp/policy.pdf', new Uint8Array([1, 2]));
  });

  it('makes none where no place was chosen', async () => {
    const { handlers, services } = setUp({ choosePlace: async () => null });
    expect(await handlers.print({ id: 'policy', to: 'pdf' })).toEqual(ok(null));
    expect(services.print.printToPdf).not.toHaveBeenCalled();
  });

  it('hands on why it could not be printed or written', async () => {
    const full = err(appError('file.diskFull'));
    expect(await setUp({ writeFile: async () => full }).handlers.print({ id: 'policy', to: 'pdf' })).toEqual(
      full,
    );
    const none = err(appError('print.noPrinter'));
    const print = { printToPdf: async () => none, printMarkdown: async () => none };
    expect(await setUp({ print }).handlers.print({ id: 'policy', to: 'printer' })).toEqual(none);
  });

  it('says that its files cannot be read', async () => {
    const fail = (): Promise<never> => Promise.reject(new Error('ENOENT'));
    const { handlers } = setUp({ library: { contents: fail, page: fail, search: fail } });
    for (const answer of [
      await handlers.contents(null),
      await handlers.page({ id: 'policy' }),
      await handlers.search({ text: 'x' }),
      await handlers.print({ id: 'policy', to: 'pdf' }),
    ]) {
      expect(answer).toMatchObject({ ok: false, error: { code: 'file.notReadable' } });
    }
  });
});
