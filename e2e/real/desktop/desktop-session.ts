import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { PNG } from 'pngjs';

const runtimeScripts = () => import('../../../scripts/runtime.mjs');
export const artifactsDir = join(__dirname, '..', '..', '..', 'artifacts', 'screenshots');

export interface ShownNotification {
  readonly id: number;
  readonly appName: string;
  readonly summary: string;
  readonly body: string;
}

/** Window manager, panel with a system tray, and notification daemon, on the display of the tests. */
export interface Desktop {
  /** Takes what is shown off the screen, as the user's key for it does, and gives all that was shown, oldest first. */
  closeAndRead(): readonly ShownNotification[];
  /** How many it shows at this moment. */
  displayed(): number;
  /** Presses the newest notification as a click on it does. */
  press(): void;
  /** The whole screen, as it would be seen. */
  screen(name: string): PNG;
  stop(): Promise<void>;
}

/** What a window manager says of itself, and of the windows that it manages. */
const MANAGED = '_NET_SUPPORTING_WM_CHECK';
const WINDOWS = '_NET_CLIENT_LIST';

type Wrapped = (command: string, args: readonly string[]) => { command: string; args: string[] };

function run(wrap: Wrapped, command: string, ...args: string[]): Buffer {
  const given = wrap(command, args);
  return execFileSync(given.command, given.args, { maxBuffer: 64 << 20 });
}

/** dunst wraps every value as `{type, data}`. */
const dataOf = (value: unknown): unknown => (value as { data?: unknown } | undefined)?.data;

function history(wrap: Wrapped): ShownNotification[] {
  const [list = []] = dataOf(JSON.parse(run(wrap, 'dunstctl', 'history').toString('utf8'))) as Record<
    string,
    unknown
  >[][];
  return list.map((entry) => ({
    id: Number(dataOf(entry.id)),
    appName: String(dataOf(entry.appname)),
    summary: String(dataOf(entry.summary)),
    body: String(dataOf(entry.body)),
  }));
}

export async function startDesktop(): Promise<Desktop> {
  const { asAppUser } = await runtimeScripts();
  const wrap: Wrapped = (command, args) => asAppUser(command, args);
  const children: ChildProcess[] = [];
  const start = (command: string, ...args: string[]): void => {
    const given = wrap(command, args);
    const child = spawn(given.command, given.args, { stdio: 'ignore' });
    child.once('exit', () => children.splice(children.indexOf(child), 1));
    children.push(child);
  };
  const root = (property: string): string => run(wrap, 'xprop', '-root', property).toString('utf8');
  // What an earlier window manager left on the display speaks for nobody.
  for (const property of [MANAGED, WINDOWS]) run(wrap, 'xprop', '-root', '-remove', property);
  start('openbox');
  // A panel that comes while the window manager begins may be seen by neither of its looks.
  await expect.poll(() => root(MANAGED), { message: 'the window manager is there' }).toContain('0x');
  start('tint2');
  start('dunst', '-conf', '/dev/null');
  await expect
    .poll(
      () => {
        try {
          return run(wrap, 'dunstctl', 'count', 'waiting').toString('utf8').trim();
        } catch {
          return 'not there yet';
        }
      },
      { message: 'the notification daemon answers' },
    )
    .toBe('0');
  await expect.poll(() => root(WINDOWS), { message: 'the panel is there' }).toContain('0x');
  return {
    closeAndRead() {
      run(wrap, 'dunstctl', 'close-all');
      return history(wrap).sort((a, b) => a.id - b.id);
    },
    displayed: () => Number(run(wrap, 'dunstctl', 'count', 'displayed').toString('utf8')),
    press() {
      run(wrap, 'dunstctl', 'action');
    },
    screen(name) {
      const bytes = run(wrap, 'import', '-window', 'root', 'png:-');
      mkdirSync(artifactsDir, { recursive: true });
      writeFileSync(join(artifactsDir, `${name}.png`), bytes);
      return PNG.sync.read(bytes);
    },
    async stop() {
      // A display has one window manager and one tray: the next desktop begins when these have let go.
      const gone = children.map((child) => once(child, 'exit'));
      for (const child of children) child.kill('SIGTERM');
      await Promise.all(gone);
    },
  };
}
