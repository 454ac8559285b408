import { join } from 'node:path';
import { rootDir } from '../scripts/runtime.mjs';
import {
  mainMark,
  pageMark,
  processes,
  type RunningApp,
  startApp,
  temporaryFolder,
  until,
} from './lib/electron-app';
import { atMost, type Figure, measured, median } from './lib/figure';
import { writeProfiles } from './lib/profiles';

const RUNS = 7;
const INSTANCES = 50;
const IDLE_SECONDS = 20;

const bareFolder = join(rootDir, 'bench', 'bare');

interface Start {
  readonly trayMs: number;
  readonly windowMs: number;
}

const browserMemory = async (running: RunningApp): Promise<number> =>
  (await processes(running)).find((entry) => entry.type === 'Browser')?.memoryMB ?? Number.NaN;

async function startBare(): Promise<{ running: RunningApp; start: Start }> {
  const running = await startApp(bareFolder, temporaryFolder('bare'));
  const start = {
    trayMs: await mainMark(running, 'tray-ready'),
    windowMs: await mainMark(running, 'window-ready'),
  };
  return { running, start };
}

async function startLockwatch(): Promise<{ running: RunningApp; start: Start }> {
  const userData = temporaryFolder('app');
  // Nothing listens on the discard port: every watcher works, and fails, as in an outage.
  writeProfiles(
    userData,
    Array.from({ length: INSTANCES }, () => '127.0.0.1'),
    { port: 9, user: 'nobody', authentication: { kind: 'agent' } },
  );
  const running = await startApp(rootDir, userData);
  const start = {
    trayMs: await mainMark(running, 'tray-ready'),
    windowMs: await pageMark(running, 'fleet-interactive'),
  };
  return { running, start };
}

const idle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, IDLE_SECONDS * 1000));

async function rendererGone(running: RunningApp): Promise<number> {
  await running.app.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) window.destroy();
  });
  return until('the renderer gone', 30, async () => {
    const renderers = (await processes(running)).filter((entry) => entry.type === 'Tab').length;
    return renderers === 0 ? renderers : undefined;
  });
}

/** Start-up, memory and release of the window, beside a bare app on the same runtime, the two in turn. */
export async function benchStartup(): Promise<Figure[]> {
  const bare: Start[] = [];
  const lockwatch: Start[] = [];
  for (let run = 0; run < RUNS; run++) {
    const one = await startBare();
    bare.push(one.start);
    await one.running.close();
    const other = await startLockwatch();
    lockwatch.push(other.start);
    await other.running.close();
  }
  const bareRun = await startBare();
  await idle();
  const bareMemory = await browserMemory(bareRun.running);
  await bareRun.running.close();
  const appRun = await startLockwatch();
  await idle();
  const appMemory = await browserMemory(appRun.running);
  const all = await processes(appRun.running);
  const left = await rendererGone(appRun.running);
  await appRun.running.close();

  const of = (starts: readonly Start[], key: keyof Start): number =>
    median(starts.map((start) => start[key]));
  const how = `median of ${RUNS} starts, in turn with a bare app (one tray icon, one empty window) on the same runtime`;
  return [
    measured('start.bare.tray', of(bare, 'trayMs'), 'ms', how),
    measured('start.tray', of(lockwatch, 'trayMs'), 'ms', `${INSTANCES} profiles; ${how}`),
    atMost('start.tray.ratio', of(lockwatch, 'trayMs') / of(bare, 'trayMs'), 'times bare', 1.5, how),
    measured('start.bare.window', of(bare, 'windowMs'), 'ms', how),
    measured('start.window', of(lockwatch, 'windowMs'), 'ms', `to ${INSTANCES} rows on the screen; ${how}`),
    atMost('start.window.ratio', of(lockwatch, 'windowMs') / of(bare, 'windowMs'), 'times bare', 2, how),
    measured(
      'memory.bare.browser',
      bareMemory,
      'MB',
      `working set of the browser process after ${IDLE_SECONDS} s idle`,
    ),
    measured('memory.browser', appMemory, 'MB', `the same with ${INSTANCES} instances, window open`),
    atMost('memory.browser.ratio', appMemory / bareMemory, 'times bare', 1.35, 'the two above'),
    measured(
      'memory.all',
      all.reduce((sum, entry) => sum + entry.memoryMB, 0),
      'MB',
      'working sets of all processes of the app, shared pages counted in each',
    ),
    atMost(
      'window.closed.renderers',
      left,
      'processes',
      0,
      'renderer processes after the window was destroyed',
    ),
  ];
}
