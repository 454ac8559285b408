import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type WindowsInstance, writeForcedCommand, writeInstance } from './forced-command';

export const run = promisify(execFile);

export interface SshdOptions {
  /** What answers, each on a loopback address of its own. Empty: a jump host that runs nothing. */
  readonly instances?: readonly WindowsInstance[];
  readonly forwarding?: boolean;
  readonly passwords?: boolean;
  readonly maxAuthTries?: number;
  /** More lines for `sshd_config`. */
  readonly config?: readonly string[];
  /** Public keys that may sign in beside the fixture's own. */
  readonly authorizedKeys?: readonly string[];
}

/** OpenSSH's sshd on loopback, with keys of its own and a forced command that answers as Windows would. */
export interface Sshd {
  /** The addresses of the instances, in their order; a jump host has one. */
  readonly hosts: readonly string[];
  readonly port: number;
  /** The one user who may sign in with the key. */
  readonly user: string;
  readonly directory: string;
  /** A private key that is let in, without a passphrase. */
  readonly keyPath: string;
  /** Everything sshd has logged so far. */
  log(): string;
  /** Replaces what an instance answers from now on. */
  setInstance(index: number, instance: WindowsInstance): Promise<void>;
  /** The listening process and all its children. */
  pids(): number[];
  /** Sends a signal to all of them. */
  signal(name: NodeJS.Signals): void;
  stop(): Promise<void>;
  /** Starts again on the same port, with a new host key if so wished. */
  restart(options?: { readonly newHostKey?: boolean }): Promise<void>;
  /** Stops it and removes its files. */
  dispose(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A single instance is at 127.0.0.1; sshd listens on 16 sockets at most, so many share one on all addresses. */
const hostsOf = (count: number): string[] =>
  count <= 1
    ? ['127.0.0.1']
    : Array.from(
        { length: count },
        (_, index) => `127.0.${1 + Math.floor(index / 250)}.${1 + (index % 250)}`,
      );

export async function generateKey(path: string, type = 'ed25519', passphrase = ''): Promise<void> {
  await rm(path, { force: true });
  await run('ssh-keygen', ['-q', '-t', type, '-N', passphrase, '-C', 'lockwatch-test', '-f', path]);
}

/** A process and its descendants, by /proc. */
function processTree(root: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch {
      // It has ended in between.
    }
  }
  const tree = [root];
  for (let at = 0; at < tree.length; at++) {
    for (const [pid, parent] of parents) if (parent === tree[at]) tree.push(pid);
  }
  return tree;
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended in between.
  }
}

const SSHD = ['/usr/sbin/sshd', '/usr/local/sbin/sshd', '/usr/bin/sshd'];

/** Whether OpenSSH's server is here at all. */
const findSshd = (): string | undefined => SSHD.find((path) => existsSync(path));

export async function startSshd(options: SshdOptions = {}): Promise<Sshd> {
  const binary = findSshd();
  if (!binary) throw new Error('sshd is not installed (package openssh-server)');
  const directory = await mkdtemp(join(tmpdir(), 'lockwatch-sshd-'));
  await chmod(directory, 0o755);
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  const instances = options.instances ?? [];
  const hosts = hostsOf(instances.length);
  const port = await freePort();
  const hostKey = join(directory, 'host_key');
  const keyPath = join(directory, 'client_key');
  const config = join(directory, 'sshd_config');
  await generateKey(hostKey);
  await generateKey(keyPath);
  const publicKeys = [await readFile(`${keyPath}.pub`, 'utf8'), ...(options.authorizedKeys ?? [])];
  await writeFile(join(directory, 'authorized_keys'), publicKeys.map((key) => `${key.trim()}\n`).join(''));
  const answers = join(directory, 'answers');
  const forced = instances.length > 0 ? await writeForcedCommand(answers) : '/bin/false';
  for (const [index, instance] of instances.entries()) {
    await writeInstance(answers, hosts[index] ?? '', instance);
  }
  await writeFile(
    config,
    [
      `Port ${port}`,
      `ListenAddress ${hosts.length > 1 ? '0.0.0.0' : '127.0.0.1'}`,
      'AllowUsers *@127.0.0.0/8',
      `HostKey ${hostKey}`,
      `AuthorizedKeysFile ${join(directory, 'authorized_keys')}`,
      'PidFile none',
      'StrictModes no',
      'UsePAM no',
      'UseDNS no',
      'PermitRootLogin yes',
      'PrintMotd no',
      'KbdInteractiveAuthentication no',
      `PasswordAuthentication ${options.passwords ? 'yes' : 'no'}`,
      `MaxAuthTries ${options.maxAuthTries ?? 6}`,
      'MaxStartups 1000',
      `AllowTcpForwarding ${options.forwarding ? 'yes' : 'no'}`,
      'LogLevel VERBOSE',
      // Keeps bash from reading the user's .bashrc, which may take longer than all the rest.
      'SetEnv SHLVL=2',
      ...(options.config ?? []),
      `ForceCommand ${forced}`,
      '',
    ].join('\n'),
  );

  let child: ChildProcess | undefined;
  let log = '';
  const start = async (): Promise<void> => {
    const started = spawn(binary, ['-D', '-e', '-f', config], { stdio: ['ignore', 'ignore', 'pipe'] });
    child = started;
    await new Promise<void>((resolve, reject) => {
      let before = '';
      started.stderr.setEncoding('utf8');
      started.stderr.on('data', (text: string) => {
        log += text;
        before += text;
        if (before.includes('Server listening on')) resolve();
      });
      started.on('exit', () => reject(new Error(`sshd did not start: ${before}`)));
    });
  };
  const pids = (): number[] => (child?.pid && child.exitCode === null ? processTree(child.pid) : []);
  const signal = (name: NodeJS.Signals): void => {
    for (const pid of pids()) kill(pid, name);
  };
  const stop = async (): Promise<void> => {
    const running = child;
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    const ended = once(running, 'exit');
    signal('SIGKILL');
    await ended;
  };
  try {
    await start();
  } catch (cause) {
    await rm(directory, { recursive: true, force: true });
    throw cause;
  }
  return {
    hosts,
    port,
    user: userInfo().username,
    directory,
    keyPath,
    log: () => log,
    setInstance: (index, instance) => writeInstance(answers, hosts[index] ?? '', instance),
    pids,
    signal,
    stop,
    async restart({ newHostKey = false } = {}) {
      await stop();
      if (newHostKey) await generateKey(hostKey);
      await start();
    },
    async dispose() {
      await stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
