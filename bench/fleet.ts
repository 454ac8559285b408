import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startSshd } from '../e2e/real/ssh/sshd';
import { rootDir } from '../scripts/runtime.mjs';
import { defaultSettings } from '../shared/settings';
import { processes, type RunningApp, startApp, temporaryFolder, until } from './lib/electron-app';
import { atMost, type Figure, measured } from './lib/figure';
import { writeOpenSshProfiles } from './lib/openssh';
import { writeForApp } from './lib/profiles';
import { snapshotOf } from './lib/snapshot';

const INSTANCES = 200;
const MOST_SECONDS = 180;
const QUIET_SECONDS = 60;
/** Nothing happens from the start, so the quiet interval holds after this many minutes. */
const QUIET_AFTER_MINUTES = 1;
const CLOCK_TICKS_A_SECOND = 100;

/** Seconds of processor time that a process has used so far. */
function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS_A_SECOND;
}

const appCpu = async (running: RunningApp): Promise<number> =>
  (await processes(running)).reduce((sum, { pid }) => sum + cpuSeconds(pid), 0);

const sleep = (seconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, seconds * 1000));

/** 200 instances on one OpenSSH server: how soon all have a status, and what watching them costs in quiet. */
export async function benchFleet(): Promise<Figure[]> {
  const instances = Array.from({ length: INSTANCES }, (_, index) => ({
    computer: `BENCH-${index}`,
    events: [],
  }));
  const sshd = await startSshd({ instances });
  const userData = temporaryFolder('fleet');
  await writeOpenSshProfiles(userData, sshd);
  writeForApp(join(userData, 'settings.json'), {
    version: 1,
    ...defaultSettings,
    quietAfterMinutes: QUIET_AFTER_MINUTES,
  });
  const started = performance.now();
  const running = await startApp(rootDir, userData);
  try {
    const page = await running.app.firstWindow();
    await until('all first statuses', MOST_SECONDS, async () => {
      const { fleet } = await snapshotOf(page);
      return fleet.length === INSTANCES && fleet.every((view) => view.checkedAtMs !== null)
        ? true
        : undefined;
    });
    const firstSeconds = (performance.now() - started) / 1000;
    // The window is closed, as it is while nobody looks.
    await running.app.evaluate(({ BrowserWindow }) => {
      for (const window of BrowserWindow.getAllWindows()) window.destroy();
    });
    await sleep(QUIET_AFTER_MINUTES * 60 + 30);
    const before = await appCpu(running);
    const from = performance.now();
    await sleep(QUIET_SECONDS);
    const share = (((await appCpu(running)) - before) / ((performance.now() - from) / 1000)) * 100;
    const memory = (await processes(running)).reduce((sum, entry) => sum + entry.memoryMB, 0);
    const how = `${INSTANCES} instances on one sshd of the same machine, which works on the same two cores`;
    return [
      atMost(
        'fleet.first',
        firstSeconds,
        's',
        60,
        `from the start of the app to the last first status; ${how}`,
      ),
      atMost(
        'fleet.quiet.cpu',
        share,
        '% of one core',
        10,
        `all processes of the app over ${QUIET_SECONDS} s, polled every ${defaultSettings.quietPollSeconds} s; ${how}`,
      ),
      measured('fleet.quiet.memory', memory, 'MB', 'working sets of all processes of the app then'),
    ];
  } finally {
    await running.close();
    await sshd.dispose();
  }
}
