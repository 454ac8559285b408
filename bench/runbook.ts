import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createRunbookLibrary, type RunbookLibrary } from '../electron/runbook/library';
import { parsePage } from '../electron/runbook/page-text';
import { rootDir } from '../scripts/runtime.mjs';
import { runbookPageIds } from '../shared/runbook';
import { pageMark, startApp, temporaryFolder } from './lib/electron-app';
import { atMost, type Figure, measured, median } from './lib/figure';
import { writeProfiles } from './lib/profiles';

const SEARCH_MS = 10;
const RUNS = 7;
const LONG = 10_000;
const folder = join(rootDir, 'runbook');

const newLibrary = (): RunbookLibrary =>
  createRunbookLibrary({ readText: (path) => readFile(join(folder, path), 'utf8'), languages: () => [] });

const pages = () =>
  runbookPageIds.map((id) => parsePage(readFileSync(join(folder, 'en', `${id}.md`), 'utf8')));

/** What is searched for: titles, symptoms, codes and events in every notation, typing half-way, mistypings, and floods. */
function queries(): string[] {
  const all = pages();
  const titles = all.map(({ head }) => head.title);
  const symptoms = all.flatMap(({ head }) => head.symptoms);
  const codes = [
    '0xC0000234',
    'C000006A',
    '3221226036',
    '-1073741260',
    '0x00000018',
    '4740',
    '4625',
    '%%2313',
  ];
  const halves = titles.map((title) => title.slice(0, Math.ceil(title.length / 2)));
  const mistyped = titles.map((title) => title.replace(/([a-z])([a-z])/g, '$2$1'));
  const whole = all.map(({ markdown }) => markdown).join(' ');
  const floods = [
    whole.slice(0, LONG),
    whole.slice(LONG, 2 * LONG),
    'a'.repeat(LONG),
    'lockuot '.repeat(LONG / 8),
    Array.from({ length: LONG / 5 }, (_, at) => at.toString(36).padStart(4, 'x'))
      .join(' ')
      .slice(0, LONG),
    '('.repeat(LONG),
  ];
  return [...new Set([...titles, ...symptoms, ...codes, ...halves, ...mistyped, ...floods, 'e', 'the'])];
}

interface Slowest {
  readonly ms: number;
  readonly text: string;
}

/** The slowest of all searches, each by its median. */
async function slowestSearch(library: RunbookLibrary, texts: readonly string[]): Promise<Slowest> {
  let slowest: Slowest = { ms: 0, text: '' };
  for (const text of texts) {
    const times: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      const begun = performance.now();
      await library.search(text);
      times.push(performance.now() - begun);
    }
    const ms = median(times);
    if (ms > slowest.ms) slowest = { ms, text };
  }
  return slowest;
}

/** The first search of all, which reads and indexes, and the longest that it keeps all else waiting. */
async function firstSearch(): Promise<{ ms: number; waitMs: number }> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const begun = performance.now();
  await newLibrary().search('unlock');
  const ms = performance.now() - begun;
  delay.disable();
  return { ms, waitMs: delay.max / 1e6 };
}

/** Parts of the runbook that the app has loaded once its window can be used. */
async function loadedAtStart(): Promise<number> {
  const userData = temporaryFolder('runbook');
  writeProfiles(userData, ['127.0.0.1'], { port: 9, user: 'nobody', authentication: { kind: 'agent' } });
  const running = await startApp(rootDir, userData);
  try {
    await pageMark(running, 'fleet-interactive');
    return await running.app.evaluate(() => {
      const { mainModule } = process as unknown as { mainModule: { constructor: { _cache: object } } };
      const loaded = Object.keys(mainModule.constructor._cache);
      if (!loaded.some((path) => /[\\/]main\.js$/.test(path))) throw new Error('the modules cannot be seen');
      return loaded.filter((path) => /search-index|markdown-html|print-document/.test(path)).length;
    });
  } finally {
    await running.close();
  }
}

/** The runbook: how long a search takes, how long the first one, and that start-up knows nothing of it. */
export async function benchRunbook(): Promise<Figure[]> {
  const texts = queries();
  const library = newLibrary();
  await library.search('unlock');
  const slowest = await slowestSearch(library, texts);
  const firsts: { ms: number; waitMs: number }[] = [];
  for (let run = 0; run < RUNS; run++) firsts.push(await firstSearch());
  return [
    atMost(
      'runbook search, the slowest',
      slowest.ms,
      'ms',
      SEARCH_MS,
      `of ${texts.length} searches, up to ${LONG} characters, each by the median of ${RUNS}: ${slowest.text.slice(0, 40)}`,
    ),
    measured(
      'runbook first search, with reading and indexing',
      median(firsts.map(({ ms }) => ms)),
      'ms',
      `median of ${RUNS}, ${pages().length} pages`,
    ),
    atMost(
      'runbook indexing, the longest that all else waits',
      median(firsts.map(({ waitMs }) => waitMs)),
      'ms',
      50,
      `median of ${RUNS} of the longest delay of the event loop while indexing`,
    ),
    atMost(
      'runbook modules loaded at start-up',
      await loadedAtStart(),
      'modules',
      0,
      'of the index and the printing, among the modules of main once the window can be used',
    ),
  ];
}
