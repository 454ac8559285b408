/**
 * Kills an ingesting process at random moments and looks for what is lost or doubled:
 * `npx tsx bench/kill9.ts [rounds] [seed]`. The child appends numbered events in batches with their bookmark and says
 * on stdout which batch was committed; the parent ends it with SIGKILL, opens the store, and the next child goes on
 * from the bookmark. Exit code 1 when anything is lost, doubled, or a store does not open.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { type EvidenceStore, openEvidenceStore } from '../electron/storage/evidence-store';
import { INSTANCE_A, makeEvent, makeStored, must, range } from '../electron/storage/testing/make-records';

const BATCH = 200;
/** Each poll reads a little again of what was stored before, as a watcher that is not sure would. */
const OVERLAP = 50;
const SLOWEST_KILL_MS = 120;
/** Every fifth child is killed within this time of its start, be it while it loads or opens the store. */
const EARLY_KILL_MS = 900;

const open = (path: string): EvidenceStore => {
  const { store, keptAside } = must(openEvidenceStore(path, { now: Date.now, thorough: true }));
  if (keptAside !== null) throw new Error('the store could not be read and was kept aside');
  return store;
};
const lastRead = (store: EvidenceStore): number => must(store.bookmarks(INSTANCE_A))[0]?.recordId ?? 0;

async function ingest(path: string): Promise<never> {
  const store = open(path);
  for (;;) {
    const last = lastRead(store);
    const to = last + BATCH;
    const event = makeEvent(to);
    must(
      store.appendBatch({
        instanceId: INSTANCE_A,
        records: range(Math.max(1, last + 1 - OVERLAP), to).map((id) => makeStored(id)),
        bookmarks: [{ computer: event.computer, channel: event.channel, recordId: to, time: event.time }],
        modelText: JSON.stringify({ folded: to, ballast: 'x'.repeat(20_000) }),
      }),
    );
    if (!process.stdout.write(`${to}\n`))
      await new Promise((resolve) => process.stdout.once('drain', resolve));
  }
}

/** How often each number is in the store, read on from where it was read before. */
class Contents {
  readonly #seen = new Map<number, number>();
  #after = 0;

  read(store: EvidenceStore): void {
    for (;;) {
      const page = must(store.records(INSTANCE_A, this.#after, 20_000));
      if (page.records.length === 0) return;
      for (const { recordId } of page.records) this.#seen.set(recordId, (this.#seen.get(recordId) ?? 0) + 1);
      this.#after = page.lastId;
    }
  }

  /** Against what must be: every number up to the bookmark once, nothing else, and the model there too. */
  compare(store: EvidenceStore, acknowledged: number): { lost: number; duplicated: number } {
    const bookmark = lastRead(store);
    const folded: number = JSON.parse(must(store.model(INSTANCE_A))?.text ?? '{"folded":0}').folded;
    if (folded !== bookmark) throw new Error(`the model holds ${folded}, the bookmark says ${bookmark}`);
    const through = Math.max(acknowledged, bookmark);
    let lost = 0;
    for (let id = 1; id <= through; id++) if (!this.#seen.has(id)) lost++;
    let duplicated = 0;
    for (const [id, times] of this.#seen) duplicated += times - (id <= bookmark ? 1 : 0);
    return { lost, duplicated };
  }
}

/** A repeatable sequence of numbers between 0 and 1 (mulberry32). */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Lets a child ingest, kills it some time after its first batch or its start, and gives the last batch that it acknowledged. */
async function round(path: string, killAfterMs: number, from: 'firstBatch' | 'start'): Promise<number> {
  const child: ChildProcess = spawn(process.execPath, [...process.execArgv, __filename, '--ingest', path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  let acknowledged = 0;
  const { stdout } = child;
  if (!stdout) throw new Error('no pipe to the child');
  const lines = createInterface({ input: stdout });
  const first = new Promise<void>((resolve) => lines.once('line', () => resolve()));
  lines.on('line', (line) => {
    acknowledged = Number(line);
  });
  if (from === 'firstBatch') await Promise.race([first, closed]);
  if (child.exitCode !== null) throw new Error(`the child ended with ${child.exitCode}`);
  await delay(killAfterMs);
  child.kill('SIGKILL');
  await closed;
  return acknowledged;
}

async function main(rounds: number, seed: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'lockwatch-kill9-'));
  const path = join(folder, 'evidence.db');
  const random = sequence(seed);
  const contents = new Contents();
  let opened = 0;
  let acknowledged = 0;
  let worst = { lost: 0, duplicated: 0 };
  try {
    for (let count = 0; count < rounds; count++) {
      const early = count % 5 === 4;
      const last = await round(
        path,
        random() * (early ? EARLY_KILL_MS : SLOWEST_KILL_MS),
        early ? 'start' : 'firstBatch',
      );
      acknowledged = Math.max(acknowledged, last);
      const store = open(path);
      opened++;
      contents.read(store);
      const found = contents.compare(store, acknowledged);
      worst = {
        lost: Math.max(worst.lost, found.lost),
        duplicated: Math.max(worst.duplicated, found.duplicated),
      };
      store.close();
    }
    const store = open(path);
    const whole = new Contents();
    whole.read(store);
    const found = whole.compare(store, acknowledged);
    worst = {
      lost: Math.max(worst.lost, found.lost),
      duplicated: Math.max(worst.duplicated, found.duplicated),
    };
    store.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(`events ${acknowledged}, seed ${seed}`);
  console.log(`rounds ${rounds}, opened ${opened}, lost ${worst.lost}, duplicated ${worst.duplicated}`);
  return opened === rounds && worst.lost === 0 && worst.duplicated === 0 ? 0 : 1;
}

const [mode, argument] = process.argv.slice(2);
if (mode === '--ingest' && argument !== undefined) void ingest(argument);
else {
  void main(Number(mode ?? 50), Number(argument ?? 1)).then((code) => {
    process.exitCode = code;
  });
}
