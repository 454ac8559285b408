import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Database, openDatabase } from './database';
import { newCertificate, type Provisioned, type ProvisionOptions, provision, run } from './provision';

export interface DomainControllerOptions extends ProvisionOptions {
  /** Done before the first start, on the stopped controller. */
  readonly prepare?: (made: Provisioned) => Promise<void>;
}

export interface DomainController extends Provisioned {
  readonly database: Database;
  /** Its certificate in PEM: the authority that a test's store trusts. */
  certificate(): string;
  /** `samba-tool` on this controller; what it printed. */
  tool(...args: readonly string[]): Promise<string>;
  start(): Promise<void>;
  /** As a shutdown does. */
  stop(): Promise<void>;
  /** At once, in the middle of whatever it does. */
  kill(): Promise<void>;
  /** Stops answering without hanging up, and goes on. */
  freeze(): void;
  thaw(): void;
  /** Stops it, makes another certificate, starts it. */
  changeCertificate(): Promise<void>;
  dispose(): Promise<void>;
}

const READY_MS = 60_000;

function answersAt(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

async function untilReady(made: Provisioned, child: ChildProcess): Promise<void> {
  const until = Date.now() + READY_MS;
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error(`samba has ended: ${logOf(made)}`);
    if ((await answersAt(made.address, 636)) && (await answersAt(made.address, 88))) return;
    await pause(50);
  }
  throw new Error(`samba does not answer: ${logOf(made)}`);
}

function logOf({ folder }: Provisioned): string {
  return readdirSync(folder)
    .filter((name) => name.startsWith('log.'))
    .map((name) => readFileSync(join(folder, name), 'utf8').slice(-1000))
    .join('\n');
}

/** A real Active Directory domain controller on a loopback address of its own. Needs root: its ports are below 1024. */
export async function startDomainController(options: DomainControllerOptions): Promise<DomainController> {
  const made = await provision(options);
  await options.prepare?.(made);
  let child: ChildProcess | undefined;

  /** Samba starts no process group of its own, so the one that it is given holds all its children. */
  const signal = (name: NodeJS.Signals): void => {
    if (child?.pid === undefined) return;
    try {
      process.kill(-child.pid, name);
    } catch {
      // It is gone already.
    }
  };
  const groupIsGone = (pid: number): boolean => {
    try {
      process.kill(-pid, 0);
      return false;
    } catch {
      return true;
    }
  };
  const end = async (name: NodeJS.Signals): Promise<void> => {
    const ending = child;
    if (ending?.pid === undefined) return;
    const ended = ending.exitCode === null && ending.signalCode === null ? once(ending, 'exit') : undefined;
    signal(name);
    await ended;
    const until = Date.now() + 10_000;
    while (!groupIsGone(ending.pid) && Date.now() < until) await pause(20);
    signal('SIGKILL');
    child = undefined;
  };
  const start = async (): Promise<void> => {
    await rm(join(made.folder, 'run/samba.pid'), { force: true });
    // Where smbd looks for winbindd is fixed: every controller sees a folder of its own there.
    const command =
      'mkdir -p /run/samba && mount --bind "$1" /run/samba && exec samba -F --no-process-group -s "$2"';
    child = spawn(
      'setpriv',
      [
        // A test that is killed leaves no controller behind.
        '--pdeathsig',
        'TERM',
        'unshare',
        '--mount',
        '--propagation',
        'private',
        'sh',
        '-c',
        command,
        'sh',
        join(made.folder, 'run'),
        made.config,
      ],
      { detached: true, stdio: 'ignore' },
    );
    await untilReady(made, child);
  };
  await start();
  const database = await openDatabase(made);
  return {
    ...made,
    database,
    certificate: () => readFileSync(join(made.folder, 'tls/cert.pem'), 'utf8'),
    tool: async (...args) =>
      (await run('samba-tool', [...args, '-s', made.config], { timeout: 60_000 })).stdout,
    start,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    freeze: () => signal('SIGSTOP'),
    thaw: () => signal('SIGCONT'),
    async changeCertificate() {
      await end('SIGTERM');
      await newCertificate(made);
      await start();
    },
    async dispose() {
      signal('SIGCONT');
      await database.close();
      await end('SIGTERM');
      await rm(made.folder, { recursive: true, force: true });
    },
  };
}
