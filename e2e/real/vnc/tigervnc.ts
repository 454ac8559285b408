import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { expect } from '@playwright/test';

export interface TigervncOptions {
  /** Null: the server lets everybody in. */
  readonly password?: string | null;
  /** As TigerVNC names them; by default VNC's own, or none. */
  readonly securityTypes?: string;
}

/** TigerVNC's X server on a port of this computer, with an X program on its display that notes every key. */
export interface Tigervnc {
  readonly port: number;
  /** Keysyms that were pressed and released in the program so far, in order: `+0xffe3`, `-0xffe3`. */
  keys(): readonly string[];
  /** Keys, by their place on the keyboard, that were pressed and not released. */
  held(): readonly string[];
  /** Begins anew with an xterm in which `cat` writes what is typed into a file; gives what is in it. */
  startTerminal(): Promise<() => string>;
  kill(): void;
  stop(): void;
}

/** `KeyPress` or `KeyRelease`; some lines further the key and its keysym, which Shift may change while it is held. */
const XEV_KEY = /^Key(Press|Release) event[\s\S]*?keycode (\d+) \(keysym (0x[0-9a-f]+),/gm;

async function lineOf(stream: Readable): Promise<string> {
  let text = '';
  while (!text.includes('\n')) {
    const [chunk] = await once(stream, 'data');
    text += String(chunk);
  }
  return text.slice(0, text.indexOf('\n'));
}

async function freePort(): Promise<number> {
  const { createServer } = await import('node:net');
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

export async function startTigervnc(options: TigervncOptions = {}): Promise<Tigervnc> {
  const password = options.password ?? null;
  const directory = mkdtempSync(join(tmpdir(), 'lockwatch-vnc-'));
  const passwordFile = join(directory, 'passwd');
  if (password !== null) {
    writeFileSync(passwordFile, execFileSync('tigervncpasswd', ['-f'], { input: `${password}\n` }), {
      mode: 0o600,
    });
  }
  const children: ChildProcess[] = [];
  const port = await freePort();
  const server = spawn(
    'Xtigervnc',
    [
      '-displayfd',
      '3',
      '-rfbport',
      String(port),
      '-localhost',
      '-geometry',
      '800x600',
      '-AlwaysShared',
      '-SecurityTypes',
      options.securityTypes ?? (password === null ? 'None' : 'VncAuth'),
      ...(password === null ? [] : ['-PasswordFile', passwordFile]),
    ],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
  );
  children.push(server);
  const display = `:${await lineOf(server.stdio[3] as Readable)}`;
  const env = { ...process.env, DISPLAY: display, LC_ALL: 'C.UTF-8' };

  // Without a window manager, keys go to the window below the pointer: it covers the screen.
  let noted = '';
  const xev = spawn('xev', ['-geometry', '800x600+0+0', '-event', 'keyboard'], { env });
  xev.stdout.on('data', (chunk) => {
    noted += String(chunk);
  });
  children.push(xev);
  const mapped = () => execFileSync('xwininfo', ['-root', '-tree'], { env }).toString();
  await expect
    .poll(mapped, { message: 'the program that notes keys is on the screen' })
    .toContain('Event Tester');

  return {
    port,
    keys: () =>
      [...noted.matchAll(XEV_KEY)].map(([, what, , keysym]) => `${what === 'Press' ? '+' : '-'}${keysym}`),
    held() {
      const held = new Set<string>();
      for (const [, what, key = ''] of noted.matchAll(XEV_KEY)) {
        if (what === 'Press') held.add(key);
        else held.delete(key);
      }
      return [...held];
    },
    async startTerminal() {
      xev.kill();
      const file = join(directory, 'typed');
      const terminal = spawn('xterm', ['-u8', '-geometry', '132x50+0+0', '-e', `cat > ${file}`], { env });
      children.push(terminal);
      await expect.poll(mapped, { message: 'the terminal is on the screen' }).toContain('XTerm');
      return () => {
        try {
          return readFileSync(file, 'utf8');
        } catch {
          return '';
        }
      };
    },
    kill: () => void server.kill('SIGKILL'),
    stop() {
      for (const child of children.reverse()) child.kill('SIGTERM');
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
