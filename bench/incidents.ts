import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createIncidentService } from '../electron/incidents/service';
import { createIncidentStore } from '../electron/incidents/store/store';
import { attacked, INSTANCE, viewOf } from '../electron/incidents/testing/sample-view';
import { createDiskFiles } from '../electron/storage/atomic-file';
import { openEvidenceStore } from '../electron/storage/evidence-store';
import { makeStored } from '../electron/storage/testing/make-records';
import { systemClock } from '../electron/watch/clock';
import { EvidenceQuestions } from '../electron/watch/evidence-questions';
import { filetimeFromMs } from '../shared/time';
import { atMost, type Figure, median } from './lib/figure';

const FAILURES = 100_000;
const BATCH = 1000;
const GAP_MS = 30;
const RUNS = 9;
const NAMES = ['administrator', 'admin', 'backup', 'sql', 'guest'];

/** A failure of an attack on five names from 1750 addresses. */
const failure = (index: number, startMs: number) =>
  makeStored(
    index + 1,
    {
      account: NAMES[index % NAMES.length] ?? null,
      address: `203.0.${index % 7}.${index % 250}`,
      workstation: `KALI-${index % 40}`,
    },
    { time: filetimeFromMs(startMs + index * GAP_MS) },
  );

/** An incident's page, asked for anew: from the request to the whole record, as main answers it. */
export async function benchIncidents(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'lockwatch-bench-incidents-'));
  const opened = openEvidenceStore(join(folder, 'evidence.db'), { now: Date.now });
  if (!opened.ok) throw new Error(opened.error.code);
  const { store } = opened.value;
  const nowMs = Date.now();
  const startMs = nowMs - FAILURES * GAP_MS - 1000;
  for (let index = 0; index < FAILURES; index += BATCH) {
    const records = Array.from({ length: BATCH }, (_, offset) => failure(index + offset, startMs));
    const stored = store.appendBatch({ instanceId: INSTANCE, records });
    if (!stored.ok) throw new Error(stored.error.code);
  }
  const questions = new EvidenceQuestions(store);
  const files = createDiskFiles();
  let laterMs = 0;
  const now = (): number => Date.now() + laterMs;
  const make = () =>
    createIncidentService({
      store: createIncidentStore({ folder: join(folder, 'incidents'), files, now: Date.now }),
      clock: { ...systemClock, now },
      newId: () => '00000000-0000-4000-8000-000000000100',
      nameOf: () => 'bench',
      admin: () => 'bench',
      say: ({ key }) => key,
      // The answer crosses from process to process.
      evidence: async (asked) => structuredClone(questions.incident(asked)),
      onNotices: () => undefined,
      onClosed: () => undefined,
    });
  const first = make();
  await first.start();
  first.views([
    viewOf(
      NAMES.map((name) => attacked(name, nowMs)),
      nowMs,
    ),
  ]);
  const [incident] = first.open();
  if (!incident) throw new Error('no incident was opened');
  await first.dispose();

  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const service = make();
    await service.start();
    service.views([viewOf([], Date.now())]);
    // What was asked at the start has been answered; a minute later it is asked anew.
    await new Promise((resolve) => setImmediate(resolve));
    laterMs += 60_000;
    const started = performance.now();
    const record = await service.record(incident.id);
    times.push(performance.now() - started);
    if (!record.ok || record.value.summary.failures !== FAILURES)
      throw new Error(`the record has ${record.ok ? record.value.summary.failures : record.error.code}`);
    await service.dispose();
  }
  store.close();
  rmSync(folder, { recursive: true, force: true });
  const how = `median of ${RUNS}: record of an open incident with ${FAILURES} failures from 1750 addresses, asked of SQLite on disk`;
  return [atMost('incident.open', median(times), 'ms', 300, how)];
}
