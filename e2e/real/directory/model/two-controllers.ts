import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { type Database, openDatabase } from '../samba/database';
import { ADMIN_PASSWORD, type Provisioned, provision, run } from '../samba/provision';
import { type Attempts, openAttempts } from './attempts';
import {
  connectedPair,
  endAllIn,
  type Namespace,
  runInside,
  type Surroundings,
  startInside,
} from './namespaces';
import { type LockwatchReading, openReading } from './reading';

export interface Controller extends Provisioned {
  readonly database: Database;
  readonly attempts: Attempts;
  readonly reading: LockwatchReading;
}

export interface TwoControllers {
  readonly first: Controller;
  readonly second: Controller;
  /** Has one controller fetch from the other now; nothing goes between them otherwise. */
  replicate(from: Controller, to: Controller): Promise<void>;
  dispose(): Promise<void>;
}

const PORTS = [88, 135, 389, 445];

async function untilReady(where: Namespace): Promise<void> {
  const [tool = '', ...before] = [...where.within, '/usr/bin/python3', join(__dirname, 'relay.py')];
  const until = Date.now() + 60_000;
  for (const port of PORTS) {
    for (;;) {
      const answered = await run(tool, [...before, where.address, String(port), '--test']).then(
        () => true,
        () => false,
      );
      if (answered) break;
      if (Date.now() > until) throw new Error(`nothing answers at ${where.address}:${port}`);
      await pause(100);
    }
  }
}

/**
 * The rig's settings, with what replication needs. A controller takes up a new partner only when it looks round by itself;
 * `quiet` it looks once when it starts, and from then on replicates when it is told to.
 */
async function configure({ config, folder }: Provisioned, quiet: boolean): Promise<void> {
  const interval = quiet ? 86_400 : 1;
  const own = [
    'server services = ldap, cldap, kdc, rpc, winbindd, s3fs, drepl, kcc',
    'dreplsrv:periodic_startup_interval = 1',
    `dreplsrv:periodic_interval = ${interval}`,
    `dreplsrv:notify_interval = ${interval}`,
    `kccsrv:periodic_startup_interval = ${interval}`,
    'ldap server require strong auth = no',
    'ntlm auth = ntlmv2-only',
    `pid directory = ${folder}/run`,
    `ncalrpc dir = ${folder}/ncalrpc`,
    `ntp signd socket directory = ${folder}/ntp`,
    `log file = ${folder}/log.%m`,
    'dns update command = /bin/true',
    'load printers = no',
    'printcap name = /dev/null',
  ];
  const named = new Set(own.map((line) => line.split('=')[0]?.trim()));
  const kept = (await readFile(config, 'utf8'))
    .split('\n')
    .filter((line) => !named.has(line.split('=')[0]?.trim()))
    .join('\n');
  await writeFile(config, kept.replace('[global]', `[global]\n\t${own.join('\n\t')}`));
  for (const name of ['run', 'ncalrpc']) await mkdir(join(folder, name), { recursive: true });
}

interface Replica {
  readonly dn: string;
  /** By it controllers call each other to replicate. */
  readonly guid: string;
}

async function replicas({ folder }: Provisioned): Promise<readonly Replica[]> {
  const base = 'CN=Sites,CN=Configuration,DC=lab,DC=test';
  const args = ['-H', `${folder}/private/sam.ldb`, '-b', base, '(objectClass=nTDSDSA)', 'objectGUID'];
  const { stdout } = await run('ldbsearch', args);
  const found = [...stdout.matchAll(/^dn: (.*)\nobjectGUID: (\S+)$/gm)];
  return found.map(([, dn = '', guid = '']) => ({ dn, guid }));
}

/** The interface that controllers replicate through. */
const REPLICATION = 'E3514235-4B06-11D1-AB04-00C04FC2DCD2';

async function opened(made: Provisioned, where: Namespace): Promise<Controller> {
  const [tool = '', ...before] = [...where.within, '/usr/bin/python3', join(__dirname, 'relay.py')];
  const open = (host: string, port: number): Duplex => {
    const { stdin, stdout } = spawn(tool, [...before, host, String(port)], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    return Duplex.from({ readable: stdout, writable: stdin });
  };
  return {
    ...made,
    database: await openDatabase(made),
    attempts: await openAttempts(made, where.within),
    reading: await openReading(made, open),
  };
}

/** Two controllers of one domain, each in a network of its own; the first is the PDC emulator. */
export async function startTwoControllers(): Promise<TwoControllers> {
  const folder = await mkdtemp(join(tmpdir(), 'lw-two-'));
  const pair = await connectedPair();
  const folders = [folder];
  const open: Controller[] = [];
  const dispose = async (): Promise<void> => {
    for (const { database, attempts, reading } of open) {
      reading.close();
      await attempts.close();
      await database.close();
    }
    await pair.dispose();
    for (const one of folders) await rm(one, { recursive: true, force: true });
  };
  try {
    const controllers = await start(folder, folders, pair.first, pair.second);
    for (const [made, where] of [
      [controllers.first, pair.first],
      [controllers.second, pair.second],
    ] as const) {
      open.push(await opened(made, where));
    }
    const [first, second] = open;
    if (!first || !second) throw new Error('two were opened');
    return { first, second, replicate: controllers.replicate, dispose };
  } catch (cause) {
    await dispose();
    throw cause;
  }
}

async function start(folder: string, folders: string[], a: Namespace, b: Namespace) {
  const hostsFile = join(folder, 'hosts');
  const emptyFile = join(folder, 'resolv.conf');
  const kerberosConfig = join(folder, 'krb5.conf');
  const names = `127.0.0.1 localhost\n${a.address} dc1.lab.test dc1\n${b.address} dc2.lab.test dc2\n`;
  await writeFile(hostsFile, names);
  await writeFile(emptyFile, '');
  await writeFile(
    kerberosConfig,
    `[libdefaults]\n default_realm = LAB.TEST\n dns_lookup_kdc = false\n dns_lookup_realm = false\n[realms]\n LAB.TEST = {\n  kdc = tcp/${a.address}\n }\n[domain_realm]\n .lab.test = LAB.TEST\n`,
  );
  const about = (of: Provisioned): Surroundings => ({
    hostsFile,
    emptyFile,
    kerberosConfig,
    runFolder: join(of.folder, 'run'),
  });
  const samba = (of: Provisioned) => ['samba', '-F', '--no-process-group', '-s', of.config];

  const first = await provision({ address: a.address, smb: true });
  folders.push(first.folder);
  await configure(first, false);
  // A service that these controllers do without would name the first one so.
  for (const { guid } of await replicas(first)) {
    const name = `${REPLICATION}/${guid}/lab.test`;
    await run('samba-tool', ['spn', 'add', name, 'DC1$', '-s', first.config]);
  }
  startInside(a, about(first), samba(first));
  await untilReady(a);

  const joined = join(folder, 'dc2');
  const config = join(joined, 'etc/smb.conf');
  const second: Provisioned = { ...first, folder: joined, config, address: b.address, hostName: 'dc2' };
  await mkdir(join(joined, 'run'), { recursive: true });
  const admin = ['-U', `administrator%${ADMIN_PASSWORD}`];
  await runInside(b, about(second), [
    ...['samba-tool', 'domain', 'join', 'lab.test', 'DC', ...admin, '--server=dc1.lab.test'],
    ...['--dns-backend=NONE', `--targetdir=${joined}`, '--backend-store=mdb', '--backend-store-size=1Gb'],
    ...[`--option=interfaces=${b.address}/24`, '--option=bind interfaces only=yes'],
    ...['--option=netbios name=dc2', '--option=vfs objects=dfs_samba4 acl_xattr xattr_tdb'],
  ]);
  await configure(second, false);
  const called = (await replicas(first)).map(
    ({ dn, guid }) => `${/,CN=DC2,/i.test(dn) ? b.address : a.address} ${guid}._msdcs.lab.test\n`,
  );
  await writeFile(hostsFile, names + called.join(''));
  startInside(b, about(second), samba(second));
  await untilReady(b);

  const drs = (...args: readonly string[]) =>
    runInside(b, about(second), ['samba-tool', 'drs', ...args, ...admin, '-s', second.config]);
  const dns = ({ hostName, dnsDomain }: Provisioned): string => `${hostName}.${dnsDomain}`;
  const replicate = async (from: Provisioned, to: Provisioned): Promise<void> => {
    await drs('replicate', dns(to), dns(from), first.base);
  };
  const bothWays = async (): Promise<void> => {
    await untilItSucceeds(() => replicate(second, first));
    await untilItSucceeds(() => replicate(first, second));
  };
  for (const made of [first, second]) await untilItSucceeds(() => drs('kcc', dns(made)));
  await bothWays();
  for (const [made, where] of [
    [first, a],
    [second, b],
  ] as const) {
    await endAllIn(where);
    await rm(join(made.folder, 'run/samba.pid'), { force: true });
    await configure(made, true);
    startInside(where, about(made), samba(made));
    await untilReady(where);
  }
  await bothWays();
  return { first, second, replicate };
}

async function untilItSucceeds(attempt: () => Promise<unknown>): Promise<void> {
  const until = Date.now() + 40_000;
  for (;;) {
    const problem = await attempt().then(
      () => null,
      (cause: Error) => cause,
    );
    if (!problem) return;
    if (Date.now() > until) throw problem;
    await pause(200);
  }
}
