import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { run } from '../samba/provision';

/** A network of its own with one address, connected to nothing but its sister. */
export interface Namespace {
  readonly name: string;
  readonly address: string;
  /** What stands before a command that is to run inside. */
  readonly within: readonly string[];
}

export interface Pair {
  readonly first: Namespace;
  readonly second: Namespace;
  /** Ends every process inside and takes both away. */
  dispose(): Promise<void>;
}

const namespace = (name: string, address: string): Namespace => ({
  name,
  address,
  within: ['nsenter', `--net=/run/netns/${name}`],
});

/** Ends every process inside. */
export async function endAllIn({ name }: Namespace): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    const until = Date.now() + 10_000;
    for (let first = true; Date.now() < until; first = false) {
      const { stdout } = await run('ip', ['netns', 'pids', name]);
      const inside = stdout.split('\n').filter((pid) => pid !== '');
      if (inside.length === 0) return;
      for (const pid of first ? inside : []) {
        try {
          process.kill(Number(pid), signal);
        } catch {
          // It is gone already.
        }
      }
      await pause(50);
    }
  }
}

/** What a run left behind that was killed. */
async function sweep(): Promise<void> {
  const { stdout } = await run('ip', ['netns', 'list']);
  for (const [name, pid] of stdout.matchAll(/^lw(\d+)[ab]\b/gm)) {
    try {
      process.kill(Number(pid), 0);
    } catch {
      await endAllIn(namespace(name, ''));
      await run('ip', ['netns', 'delete', name]);
    }
  }
}

/** Two networks with a cable between them: 192.0.2.1 and 192.0.2.2, from the block that is nobody's. */
export async function connectedPair(): Promise<Pair> {
  await sweep();
  const first = namespace(`lw${process.pid}a`, '192.0.2.1');
  const second = namespace(`lw${process.pid}b`, '192.0.2.2');
  const both = [first, second];
  const ip = (...args: readonly string[]) => run('ip', [...args]);
  const dispose = async (): Promise<void> => {
    for (const one of both) {
      await endAllIn(one).catch(() => undefined);
      await ip('netns', 'delete', one.name).catch(() => undefined);
    }
  };
  try {
    for (const { name } of both) await ip('netns', 'add', name);
    const cable = ['link', 'add', 'name', 'lw0', 'netns', first.name, 'type', 'veth'];
    await ip(...cable, 'peer', 'name', 'lw0', 'netns', second.name);
    for (const { name, address } of both) {
      await ip('-n', name, 'address', 'add', `${address}/24`, 'dev', 'lw0');
      await ip('-n', name, 'link', 'set', 'lo', 'up');
      await ip('-n', name, 'link', 'set', 'lw0', 'up');
    }
  } catch (cause) {
    await dispose();
    throw cause;
  }
  return { first, second, dispose };
}

/** What names mean inside, and where the system's own folders are to be found: a mount namespace for one command. */
export interface Surroundings {
  readonly hostsFile: string;
  readonly emptyFile: string;
  readonly kerberosConfig: string;
  /** Stands in the place of /run/samba. */
  readonly runFolder: string;
}

const INSIDE =
  'mkdir -p /run/samba && mount --bind "$1" /run/samba && mount --bind "$2" /etc/hosts && ' +
  'mount --bind "$3" /etc/resolv.conf && shift 3 && exec "$@"';

const inside = (where: Namespace, about: Surroundings, command: readonly string[]): string[] => [
  ...where.within,
  ...['unshare', '--mount', '--propagation', 'private', 'sh', '-c', INSIDE, 'sh'],
  about.runFolder,
  about.hostsFile,
  about.emptyFile,
  ...command,
];

export async function runInside(
  where: Namespace,
  about: Surroundings,
  command: readonly string[],
): Promise<string> {
  const [tool = '', ...args] = inside(where, about, command);
  const env = { ...process.env, LC_ALL: 'C', KRB5_CONFIG: about.kerberosConfig };
  return (await run(tool, args, { timeout: 120_000, env, maxBuffer: 16 << 20 })).stdout;
}

export function startInside(where: Namespace, about: Surroundings, command: readonly string[]): ChildProcess {
  const [tool = '', ...args] = inside(where, about, command);
  const env = { ...process.env, LC_ALL: 'C', KRB5_CONFIG: about.kerberosConfig };
  return spawn(tool, args, { stdio: 'ignore', env });
}
