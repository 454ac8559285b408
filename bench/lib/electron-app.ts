import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication } from 'playwright';
import { makeAppWritable, resolveRuntime } from '../../scripts/runtime.mjs';

export interface RunningApp {
  readonly app: ElectronApplication;
  readonly userData: string;
  close(): Promise<void>;
}

const runtime = resolveRuntime();

/** A folder that the app may write, gone after the bench. */
export function temporaryFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `lockwatch-bench-${name}-`));
  makeAppWritable(folder);
  return folder;
}

/** Starts an app folder on the same runtime as the tests do, the sandbox on. */
export async function startApp(
  appFolder: string,
  userData: string,
  args: readonly string[] = [],
): Promise<RunningApp> {
  const app = await _electron.launch({
    executablePath: runtime.executablePath,
    chromiumSandbox: true,
    args: [appFolder, `--user-data-dir=${userData}`, '--password-store=basic', ...args],
    env: { ...(process.env as Record<string, string>), LOCKWATCH_E2E: '1' },
  });
  return {
    app,
    userData,
    async close() {
      await app.evaluate(({ app: electronApp }) => electronApp.exit(0)).catch(() => undefined);
      await app.close().catch(() => undefined);
      rmSync(userData, { recursive: true, force: true });
    },
  };
}

/** Polls until `probe` gives something, for at most `seconds`. */
export async function until<T>(
  what: string,
  seconds: number,
  probe: () => Promise<T | undefined>,
): Promise<T> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    const value = await probe();
    if (value !== undefined) return value;
    if (performance.now() > deadline) throw new Error(`${what} did not happen within ${seconds} s`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Milliseconds from the start of the main process to a mark that it made. */
export function mainMark(running: RunningApp, name: string): Promise<number> {
  return until(`mark ${name}`, 60, () =>
    running.app.evaluate((_electronModule, mark) => {
      const entry = performance.getEntriesByName(mark)[0];
      return entry ? entry.startTime : undefined;
    }, name),
  );
}

/** Milliseconds from the start of the main process to a mark that the page made. */
export async function pageMark(running: RunningApp, name: string): Promise<number> {
  const page = await running.app.firstWindow();
  const at = await until(`mark ${name}`, 60, () =>
    page.evaluate((mark) => {
      const entry = performance.getEntriesByName(mark)[0];
      return entry ? performance.timeOrigin + entry.startTime : undefined;
    }, name),
  );
  return at - (await running.app.evaluate(() => performance.timeOrigin));
}

export interface ProcessFigures {
  readonly type: string;
  readonly memoryMB: number;
  readonly pid: number;
}

export function processes(running: RunningApp): Promise<ProcessFigures[]> {
  return running.app.evaluate(({ app }) =>
    app.getAppMetrics().map((metric) => ({
      type: metric.name ?? metric.type,
      memoryMB: metric.memory.workingSetSize / 1024,
      pid: metric.pid,
    })),
  );
}
