import { spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { type Lockwatch, startLockwatch } from '../../e2e/real/directory/lockwatch';
import { addManyUsers, bulkName } from '../../e2e/real/directory/samba/bulk';
import {
  type DomainController,
  startDomainController,
} from '../../e2e/real/directory/samba/domain-controller';
import { bindLogon } from '../../e2e/real/directory/samba/logons';
import { ADMIN_PASSWORD, ownLoopbackAddress } from '../../e2e/real/directory/samba/provision';
import { ACCOUNT_ATTRIBUTES, readChangedSince } from '../../electron/sources/directory/accounts';
import { type ControllerSession, openSession } from '../../electron/sources/directory/session';
import { atMost, type Figure, measured, median } from '../lib/figure';
import { startDistance } from './distance';
import { connectionOf, PAGE_SIZE } from './own-connection';

const USERS = 20_000;
const LOCKED = 500;
const THRESHOLD = 2;
const AT_ONCE = 20;
const RUNS = 5;
const READ_SECONDS = 120;

const PEOPLE = '(objectCategory=person)(objectClass=user)';
const LOCKED_OR_COUNTING = `(&${PEOPLE}(|(lockoutTime>=1)(badPwdCount>=1)))`;
const EVERYBODY = `(&${PEOPLE}(uSNChanged>=0))`;

interface Cost {
  readonly ms: number;
  readonly entries: number;
}

/** OpenLDAP's client with the same filter, attributes and pages, over TLS too; from its start to its end. */
function ldapsearch(
  dc: DomainController,
  port: number,
  host: string,
  filter: string,
  base = dc.base,
): Promise<Cost> {
  const args = [
    '-LLL',
    '-x',
    '-H',
    `ldaps://${host}:${port}`,
    '-D',
    `administrator@${dc.dnsDomain}`,
    '-w',
    ADMIN_PASSWORD,
  ];
  const scope = base === '' ? ['-s', 'base'] : ['-E', `pr=${PAGE_SIZE}/noprompt`];
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    const child = spawn(
      'ldapsearch',
      [...args, ...scope, '-b', base, filter, ...(base === '' ? ['dnsHostName'] : ACCOUNT_ATTRIBUTES)],
      {
        stdio: ['ignore', 'pipe', 'ignore'],
        env: { ...process.env, LDAPTLS_REQCERT: 'never' },
      },
    );
    let entries = 0;
    let end = '';
    child.stdout.on('data', (chunk: Buffer) => {
      const text = end + chunk.toString('latin1');
      entries += text.split('\ndn:').length - 1;
      end = text.slice(-3);
    });
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0
        ? resolve({ ms: performance.now() - begun, entries: entries + 1 })
        : reject(new Error(`ldapsearch ended with ${code}`)),
    );
  });
}

async function everybody(
  session: ControllerSession,
  dc: DomainController,
): Promise<Cost & { bytes: number }> {
  const begun = performance.now();
  let entries = 0;
  const read = await readChangedSince(
    session,
    dc.base,
    0n,
    () => (entries += 1),
    new AbortController().signal,
  );
  if (!read.ok) throw new Error(read.error.code);
  return { ms: performance.now() - begun, entries, bytes: read.value.bytes };
}

async function refresh(lockwatch: Lockwatch, id: string): Promise<Cost & { bytes: number }> {
  const before = lockwatch.view()?.lastFull?.atMs ?? 0;
  await lockwatch.service.refresh({ id });
  const { lastFull } = await lockwatch.viewWhere(
    (view) => view.lastFull !== null && view.lastFull.atMs > before,
    READ_SECONDS,
  );
  if (!lastFull) throw new Error('nothing was read');
  return { ms: lastFull.durationMs, entries: lastFull.entries, bytes: lastFull.bytes };
}

/** In turns, so that whatever else the machine does meets both alike. */
async function inTurns<A, B>(ours: () => Promise<A>, theirs: () => Promise<B>): Promise<[A[], B[]]> {
  const [a, b]: [A[], B[]] = [[], []];
  for (let n = 0; n < RUNS; n++) {
    a.push(await ours());
    b.push(await theirs());
  }
  return [a, b];
}

const middle = (costs: readonly Cost[]): number => median(costs.map(({ ms }) => ms));
const sameEntries = (...all: readonly (readonly Cost[])[]): number => {
  const counts = [...new Set(all.flat().map(({ entries }) => entries))];
  if (counts.length !== 1) throw new Error(`not the same was read: ${counts.join(', ')} entries`);
  return counts[0] ?? 0;
};

/** Bytes over the wire of one run through a counting listener, connection and sign-in included. */
async function wireBytes(dc: DomainController, run: (port: number) => Promise<unknown>): Promise<number> {
  const counter = await startDistance(dc.address, 636, 0);
  try {
    await run(counter.port);
    return counter.bytes();
  } finally {
    await counter.close();
  }
}

async function lockSome(dc: DomainController): Promise<void> {
  for (let start = 0; start < LOCKED; start += AT_ONCE) {
    const some = Array.from({ length: AT_ONCE }, (_, n) => bulkName(start + n));
    for (let n = 0; n < THRESHOLD; n++) await Promise.all(some.map((name) => bindLogon(dc, name, 'wrong')));
  }
}

async function incremental(dc: DomainController, lockwatch: Lockwatch): Promise<Figure[]> {
  const costs: { ms: number; bytes: number }[] = [];
  for (let n = 0; n < RUNS; n++) {
    const name = bulkName(USERS - 1 - n);
    const before = lockwatch.view()?.lastIncremental?.atMs ?? 0;
    for (let failed = 0; failed < THRESHOLD; failed++) await bindLogon(dc, name, 'wrong');
    const { lastIncremental } = await lockwatch.viewWhere(
      (view) =>
        view.lastIncremental !== null &&
        view.lastIncremental.atMs > before &&
        view.lastIncremental.entries > 0,
      READ_SECONDS,
    );
    if (lastIncremental) costs.push({ ms: lastIncremental.durationMs, bytes: lastIncremental.bytes });
  }
  const how = `what changed since the last look, by uSNChanged, after one account of ${USERS} had locked; median of ${RUNS}`;
  return [
    measured('directory.incremental.time', median(costs.map(({ ms }) => ms)), 'ms', how),
    measured(
      'directory.incremental.bytes',
      median(costs.map(({ bytes }) => bytes)),
      'bytes',
      `LDAP, without TLS; ${how}`,
    ),
  ];
}

/** A domain of 20,000 users read whole and in part, against OpenLDAP's client. */
export async function benchRefresh(): Promise<Figure[]> {
  const dc = await startDomainController({
    address: ownLoopbackAddress(),
    prepare: (made) => addManyUsers(made, USERS),
  });
  let lockwatch: Lockwatch | undefined;
  try {
    await dc.database.policy({ threshold: THRESHOLD, windowMinutes: 30, durationMinutes: null });
    await lockSome(dc);
    const opened = await openSession(
      { host: dc.address, port: 636 },
      connectionOf(dc),
      new AbortController().signal,
    );
    if (!opened.ok) throw new Error(opened.error.error.code);
    const session = opened.value;
    const theirs = (filter: string) => () => ldapsearch(dc, 636, dc.address, filter);
    const [all, allTheirs] = await inTurns(() => everybody(session, dc), theirs(EVERYBODY));
    session.close();

    lockwatch = await startLockwatch(dc, {
      authorities: [dc.certificate()],
      fields: { pageSize: PAGE_SIZE },
    });
    const watching = lockwatch;
    const id = await watching.begin();
    await watching.viewWhere(({ lastFull }) => lastFull !== null, READ_SECONDS);
    const [full, fullTheirs] = await inTurns(() => refresh(watching, id), theirs(LOCKED_OR_COUNTING));
    const changes = await incremental(dc, watching);
    const signIn: Cost[] = [];
    for (let n = 0; n < RUNS; n++) signIn.push(await ldapsearch(dc, 636, dc.address, '(objectClass=*)', ''));
    const wire = {
      all: await wireBytes(dc, (port) => ldapsearch(dc, port, '127.0.0.1', EVERYBODY)),
      full: await wireBytes(dc, (port) => ldapsearch(dc, port, '127.0.0.1', LOCKED_OR_COUNTING)),
    };
    const said = `the same filter, attributes and pages of ${PAGE_SIZE}, both over TLS; medians of ${RUNS} runs in turns; ldapsearch with its start and sign-in (${Math.round(middle(signIn))} ms), which the app has behind it`;
    return [
      atMost(
        'directory.refresh.ratio',
        middle(full) / middle(fullTheirs),
        'times ldapsearch',
        3,
        `the app's full refresh, ${sameEntries(full, fullTheirs)} locked or counting of ${USERS} users; ${said}`,
      ),
      measured('directory.refresh.time', middle(full), 'ms', "the app's full refresh"),
      measured('directory.refresh.ldapsearch', middle(fullTheirs), 'ms', 'ldapsearch for the same'),
      measured(
        'directory.refresh.bytes',
        full[0]?.bytes ?? Number.NaN,
        'bytes',
        `LDAP, without TLS; ldapsearch over TLS with its sign-in: ${wire.full}`,
      ),
      atMost(
        'directory.everybody.ratio',
        middle(all) / middle(allTheirs),
        'times ldapsearch',
        3,
        `every one of ${sameEntries(all, allTheirs)} users read, as if all were counting; ${said}`,
      ),
      measured('directory.everybody.time', middle(all), 'ms', 'the app reading every user'),
      measured('directory.everybody.ldapsearch', middle(allTheirs), 'ms', 'ldapsearch for the same'),
      measured(
        'directory.everybody.bytes',
        all[0]?.bytes ?? Number.NaN,
        'bytes',
        `LDAP, without TLS; ldapsearch over TLS with its sign-in: ${wire.all}`,
      ),
      ...changes,
    ];
  } finally {
    await lockwatch?.close();
    await dc.dispose();
  }
}
