import { splitEvents } from '../e2e/real/ssh/forced-command';
import { startSshd } from '../e2e/real/ssh/sshd';
import { rootDir } from '../scripts/runtime.mjs';
import { processes, type RunningApp, startApp, temporaryFolder, until } from './lib/electron-app';
import { atMost, type Figure, measured } from './lib/figure';
import { writeOpenSshProfiles } from './lib/openssh';
import { snapshotOf } from './lib/snapshot';
import { failedLogons } from './windows-events/generate';

const EVENTS = 100_000;
const MOST_SECONDS = 180;

interface LoopDelay {
  readonly p99Ms: number;
  readonly worstMs: number;
}

/** Watches the main process' event loop from now on. */
async function watchLoop(running: RunningApp): Promise<() => Promise<LoopDelay>> {
  await running.app.evaluate(() => {
    const { monitorEventLoopDelay } = process.getBuiltinModule('node:perf_hooks');
    const histogram = monitorEventLoopDelay({ resolution: 1 });
    histogram.enable();
    Object.assign(globalThis, { benchLoopDelay: histogram });
  });
  return () =>
    running.app.evaluate(() => {
      const { benchLoopDelay } = globalThis as unknown as {
        benchLoopDelay: { percentile(p: number): number; max: number };
      };
      return { p99Ms: benchLoopDelay.percentile(99) / 1e6, worstMs: benchLoopDelay.max / 1e6 };
    });
}

/** The whole way: a real sshd gives the log, the app reads, stores and models it; main must not feel it. */
export async function benchAppIngest(): Promise<Figure[]> {
  const xml = Buffer.concat([
    ...failedLogons({ count: EVENTS, startMs: Date.now() - 3_600_000, gapMs: 30 }),
  ]).toString('utf16le');
  const sshd = await startSshd({ instances: [{ computer: 'LAB-BENCH', events: splitEvents(xml) }] });
  const userData = temporaryFolder('ingest');
  await writeOpenSshProfiles(userData, sshd);
  const running = await startApp(rootDir, userData);
  try {
    const page = await running.app.firstWindow();
    const loop = await watchLoop(running);
    const stored = async (): Promise<number> => (await snapshotOf(page)).fleet[0]?.eventsStored ?? 0;
    await until('the first event', 60, async () => ((await stored()) > 0 ? true : undefined));
    const started = performance.now();
    const before = await stored();
    await until('all events', MOST_SECONDS, async () => ((await stored()) >= EVENTS ? true : undefined));
    const seconds = (performance.now() - started) / 1000;
    const delay = await loop();
    const all = await processes(running);
    const how = `the app catches up ${EVENTS} failed logons from OpenSSH on the same machine, window open`;
    return [
      measured(
        'app.ingest.rate',
        (EVENTS - before) / seconds,
        'events/s',
        `${how}; bounded by the server's side too: see ingest.rate for the app's own`,
      ),
      atMost(
        'app.ingest.loop.p99',
        delay.p99Ms,
        'ms',
        20,
        `event-loop delay of the main process while ${how}`,
      ),
      atMost('app.ingest.loop.worst', delay.worstMs, 'ms', 50, 'the worst of the same'),
      measured(
        'app.ingest.memory',
        all.reduce((sum, entry) => sum + entry.memoryMB, 0),
        'MB',
        'working sets of all processes afterwards',
      ),
    ];
  } finally {
    await running.close();
    await sshd.dispose();
  }
}
