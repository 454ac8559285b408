import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventXmlReader } from '../electron/sources/events/reader';
import { openEvidenceStore } from '../electron/storage/evidence-store';
import { InstanceEvidence } from '../electron/watch/instance-evidence';
import { ROUND_LIMIT } from '../electron/watch/tuning';
import type { EventRecord } from '../shared/evidence';
import { atLeast, atMost, type Figure, measured, median } from './lib/figure';
import { failedLogons } from './windows-events/generate';

const EVENTS = 100_000;
const RUNS = 5;
const CHANNEL = 'Security';

interface Run {
  readonly seconds: number;
  readonly parseSeconds: number;
  readonly stored: number;
  readonly broken: number;
}

/** As the evidence process does it: bytes to records, and each look at the channel folded and stored at once. */
function ingest(chunks: readonly Buffer[]): Run {
  const folder = mkdtempSync(join(tmpdir(), 'lockwatch-bench-ingest-'));
  const opened = openEvidenceStore(join(folder, 'evidence.db'), { now: Date.now });
  if (!opened.ok) throw new Error(opened.error.code);
  const { store } = opened.value;
  const evidence = new InstanceEvidence('00000000-0000-4000-8000-000000000001', store, Date.now);
  const reader = new EventXmlReader();
  let waiting: EventRecord[] = [];
  let parsing = 0;
  const take = (events: readonly EventRecord[]): void => {
    const last = events.at(-1);
    if (!last) return;
    const bookmark = { computer: last.computer, channel: CHANNEL, recordId: last.recordId, time: last.time };
    const taken = evidence.take({
      events,
      bookmarks: new Map([[CHANNEL, bookmark]]),
      broken: [],
      brokenCount: 0,
    });
    if (!taken.ok) throw new Error(taken.error.code);
  };
  const started = performance.now();
  for (const chunk of chunks) {
    const before = performance.now();
    waiting.push(...reader.push(chunk));
    parsing += performance.now() - before;
    if (waiting.length >= ROUND_LIMIT) {
      take(waiting);
      waiting = [];
    }
  }
  waiting.push(...reader.end());
  take(waiting);
  const saved = evidence.save();
  if (!saved.ok) throw new Error(saved.error.code);
  const seconds = (performance.now() - started) / 1000;
  store.close();
  rmSync(folder, { recursive: true, force: true });
  return {
    seconds,
    parseSeconds: parsing / 1000,
    stored: evidence.eventsStored,
    broken: reader.broken.count,
  };
}

/** Failed logons from XML bytes to stored and modelled, in one process. */
export function benchIngest(): Figure[] {
  const chunks = [...failedLogons({ count: EVENTS, startMs: Date.now() - 3_600_000, gapMs: 30 })];
  const runs = Array.from({ length: RUNS }, () => ingest(chunks));
  const megabytes = chunks.reduce((sum, chunk) => sum + chunk.length, 0) / 1e6;
  const rate = median(runs.map((run) => EVENTS / run.seconds));
  const how = `median of ${RUNS} runs of ${EVENTS} failed logons, ${Math.round(megabytes)} MB of UTF-16 XML in memory`;
  return [
    atLeast(
      'ingest.rate',
      rate,
      'events/s',
      20_000,
      `${how}; parsed, folded and committed to SQLite on disk`,
    ),
    measured(
      'ingest.parse',
      median(runs.map((run) => EVENTS / run.parseSeconds)),
      'events/s',
      `the parsing alone; ${how}`,
    ),
    atMost(
      'ingest.missing',
      Math.max(...runs.map((run) => EVENTS - run.stored + run.broken)),
      'events',
      0,
      'not stored or broken, the worst run',
    ),
  ];
}
