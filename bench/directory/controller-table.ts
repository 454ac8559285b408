import { performance } from 'node:perf_hooks';
import { startDomainController } from '../../e2e/real/directory/samba/domain-controller';
import { bindLogon } from '../../e2e/real/directory/samba/logons';
import { ownLoopbackAddress } from '../../e2e/real/directory/samba/provision';
import { readNamed } from '../../electron/sources/directory/accounts';
import { readDomainPolicy } from '../../electron/sources/directory/policies';
import { createSessionPool } from '../../electron/sources/directory/pool';
import { tcpStream } from '../../electron/sources/directory/tcp-stream';
import type { OpenStream } from '../../electron/sources/directory/types';
import { systemClock } from '../../electron/watch/clock';
import { DomainState } from '../../electron/watch/directory-domain';
import { controllerTable } from '../../electron/watch/directory-table';
import { openDeciding } from '../../electron/watch/directory-watcher';
import type { Result } from '../../shared/result';
import { atMost, type Figure, measured, median } from '../lib/figure';
import { startDistance } from './distance';
import { connectionOf, fieldsOf } from './own-connection';

const ROUND_TRIP_MS = 200;
const RUNS = 9;
const OTHER = 'dc2.lab.test';

const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`${result.error.code} ${JSON.stringify(result.error.params)}`);
  return result.value;
};

/**
 * The table of one account over two controllers far away. Both are the same Samba behind two listeners: what is
 * measured is how often, and whether at the same time, each is asked.
 */
export async function benchControllerTable(): Promise<Figure[]> {
  const dc = await startDomainController({ address: ownLoopbackAddress() });
  const near = await startDistance(dc.address, 636, ROUND_TRIP_MS);
  const far = await startDistance(dc.address, 636, ROUND_TRIP_MS);
  const life = new AbortController();
  const { signal } = life;
  try {
    await dc.database.policy({ threshold: 3, windowMinutes: 30, durationMinutes: 30 });
    await dc.database.addUsers([{ name: 'mary', password: 'Right-Pass.1' }]);
    for (let n = 0; n < 3; n++) await bindLogon(dc, 'mary', 'wrong');
    const tcp = tcpStream(systemClock, 10_000);
    const open: OpenStream = ({ host }, aborted) =>
      tcp({ host: '127.0.0.1', port: (host === OTHER ? far : near).port }, aborted);
    const fields = fieldsOf(dc);
    const pool = createSessionPool(connectionOf(dc, open));
    const domain = new DomainState();
    const world = { clock: systemClock, resolve: async () => [] };
    const { session, root } = must(
      await openDeciding({ fields }, world, pool, signal, (topology) => {
        const other = { host: OTHER, site: 'Far-Away', readOnly: false, pdc: false };
        domain.topology = { ...topology, controllers: [...topology.controllers, other] };
      }),
    );
    domain.setPolicies(must(await readDomainPolicy(session, root.domainName, signal)), [], systemClock.now());
    let accountKey = '';
    must(
      await readNamed(
        session,
        root.domainName,
        [{ sid: null, name: 'mary' }],
        ({ key }) => {
          accountKey = key;
        },
        signal,
      ),
    );
    const table = async () => {
      for (const one of [near, far]) one.begin();
      const begun = performance.now();
      const { rows, account } = must(
        await controllerTable(
          { accountKey, fields, domain, clock: systemClock, signal },
          { pool, pdc: session },
        ),
      );
      const ms = performance.now() - begun;
      if (account.status !== 'locked' || rows.length !== 2 || rows.some(({ answers }) => !answers))
        throw new Error(`not the table of a locked account at two controllers: ${JSON.stringify(rows)}`);
      return { ms, waits: Math.max(near.waits(), far.waits()), bytes: near.bytes() + far.bytes() };
    };
    const first = await table();
    const runs = [];
    for (let n = 0; n < RUNS; n++) runs.push(await table());
    pool.close();
    const how = `one account at two controllers ${ROUND_TRIP_MS} ms away, over connections that are open; ${RUNS} runs, counted at the listeners before them (both lead to the same Samba)`;
    return [
      atMost(
        'directory.table.roundTrips',
        Math.max(...runs.map(({ waits }) => waits)),
        'round trips',
        1,
        `to each controller; ${how}`,
      ),
      atMost(
        'directory.table.time',
        median(runs.map(({ ms }) => ms)),
        'ms',
        1.5 * ROUND_TRIP_MS,
        `median; one after the other would be ${2 * ROUND_TRIP_MS} ms and more; ${how}`,
      ),
      measured(
        'directory.table.bytes',
        median(runs.map(({ bytes }) => bytes)),
        'bytes',
        `of both answers as they go over TLS; ${how}`,
      ),
      measured(
        'directory.table.first',
        first.ms,
        'ms',
        'the first table, which connects to the second controller, shakes hands and signs in there',
      ),
    ];
  } finally {
    life.abort();
    await near.close();
    await far.close();
    await dc.dispose();
  }
}
