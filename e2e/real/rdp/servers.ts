import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { selfSigned } from '../../../electron/lab/self-signed';

/** A program under test's foot that is ended, and its files removed, after the test. */
export interface RealServer {
  readonly port: number;
  /** What it has written so far. */
  log(): string;
  stop(): Promise<void>;
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (await holds()) return;
    await wait(100);
  }
  throw new Error(`It did not come about that ${what}`);
}

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 3000);
  await once(child, 'exit');
  clearTimeout(timer);
}

export type SecurityLayer = 'rdp' | 'tls' | 'negotiate';

export interface XrdpOptions {
  readonly security: SecurityLayer;
  /** TLS versions as xrdp names them. */
  readonly protocols?: string;
  /** Started again on the same port: with another certificate. */
  readonly port?: number;
  /** Run inside this network namespace, where `address` is. */
  readonly namespace?: string;
  readonly address?: string;
}

const DAY_MS = 86_400_000;

/** Debian's xrdp on a port of its own, with a configuration and a new certificate of its own. */
export async function startXrdp(options: XrdpOptions): Promise<RealServer> {
  const folder = mkdtempSync(join(tmpdir(), 'lockwatch-xrdp-'));
  const port = options.port ?? (await freePort());
  const identity = selfSigned('xrdp.test', Date.now() - DAY_MS, Date.now() + 30 * DAY_MS);
  const path = (name: string): string => join(folder, name);
  writeFileSync(path('cert.pem'), identity.certificatePem);
  writeFileSync(path('key.pem'), identity.keyPem, { mode: 0o600 });
  writeFileSync(
    path('xrdp.ini'),
    [
      '[Globals]',
      'ini_version=1',
      'fork=true',
      `port=tcp://${options.address ?? '127.0.0.1'}:${port}`,
      `security_layer=${options.security}`,
      'crypt_level=high',
      `certificate=${path('cert.pem')}`,
      `key_file=${path('key.pem')}`,
      `ssl_protocols=${options.protocols ?? 'TLSv1.2, TLSv1.3'}`,
      '[Logging]',
      `LogFile=${path('xrdp.log')}`,
      'LogLevel=DEBUG',
      'EnableSyslog=false',
      '[Channels]',
      '[Xorg]',
      'name=Xorg',
      'lib=libxup.so',
      'username=ask',
      'password=ask',
      'ip=127.0.0.1',
      'port=-1',
      'code=20',
      '',
    ].join('\n'),
  );
  const command = ['xrdp', '--nodaemon', '--config', path('xrdp.ini')];
  const inside = options.namespace ? ['ip', 'netns', 'exec', options.namespace] : [];
  const [program = '', ...args] = [...inside, ...command];
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let written = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      written += chunk.toString();
    });
  }
  const log = (): string => {
    try {
      return written + readFileSync(path('xrdp.log'), 'utf8');
    } catch {
      return written;
    }
  };
  await until('xrdp listens', () => log().includes('xrdp_listen_pp done'));
  return {
    port,
    log,
    async stop() {
      await end(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A screen for programs that need one. */
export async function startScreen(): Promise<{ readonly display: string; stop(): Promise<void> }> {
  // The server chooses the number itself and writes it down once it is ready.
  const child = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1024x768x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const [number] = (await once(child.stdio[3] as NodeJS.ReadableStream, 'data')) as [Buffer];
  return { display: `:${number.toString().trim()}`, stop: () => end(child) };
}

/**
 * FreeRDP's server, which unlike xrdp knows network level authentication. On a busy machine it now and then ends
 * before it listens, without a word; then it is started again, and nothing of ours has been tried yet.
 */
export async function startShadow(display: string, security: readonly string[]): Promise<RealServer> {
  for (let starts = 1; ; starts++) {
    const server = await launchShadow(display, security);
    if (server) return server;
    if (starts === 5) throw new Error('The shadow server ends at every start');
  }
}

/** Undefined: it ended before it listened. */
async function launchShadow(display: string, security: readonly string[]): Promise<RealServer | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'lockwatch-shadow-'));
  const port = await freePort();
  writeFileSync(join(folder, 'sam'), '');
  const child = spawn(
    'freerdp-shadow-cli',
    [`/port:${port}`, '/bind-address:127.0.0.1', `/sam-file:${join(folder, 'sam')}`, ...security],
    {
      env: { ...process.env, DISPLAY: display, HOME: folder, XDG_CONFIG_HOME: folder },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let written = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      written += chunk.toString();
    });
  }
  const stop = async (): Promise<void> => {
    await end(child);
    rmSync(folder, { recursive: true, force: true });
  };
  await until('the shadow server listens', async () => child.exitCode !== null || (await accepts(port)));
  if (child.exitCode === null) return { port, log: () => written, stop };
  await stop();
  return undefined;
}
