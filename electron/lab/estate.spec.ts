import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LAB_LABEL, type LabReport, labStateSchema } from '../../shared/lab';
import { lab } from '../../shared/messages/en/lab';
import { SimulatedClock } from './clock';
import { type Estate, type EstateOptions, startEstate } from './estate';
import { LabHost } from './host';
import { livePlan, ONCE_SPEED, oncePlan } from './scenario/drill';
import { HISTORY_MS } from './scenario/history';

const NOW = Date.UTC(2026, 4, 4, 12);
const MINUTE = 60_000;

let dataDir = '';
const open: Estate[] = [];

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'lockwatch-lab-'));
});
afterEach(async () => {
  for (const estate of open.splice(0)) await estate.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function estateAt(options: Partial<EstateOptions> = {}) {
  const clock = new SimulatedClock(NOW);
  const estate = await startEstate({ dataDir, clock, ...options });
  open.push(estate);
  const logOf = (name: string, channel = 'Security') =>
    estate.instance(name).windows.log(channel)?.events() ?? [];
  const accountOf = (name: string, account: string) =>
    estate
      .state()
      .instances.find((instance) => instance.name === name)
      ?.accounts.find((one) => one.name === account);
  return { estate, clock, logOf, accountOf };
}

describe('the practice estate', () => {
  it('writes the same history for the same seed, and another for another', async () => {
    const texts = [];
    for (const seed of ['one', 'one', 'two']) {
      const { estate, logOf } = await estateAt({ seed });
      texts.push(estate.instances.flatMap(({ name }) => logOf(name).map((event) => event.xml)).join('\n'));
      await estate.stop();
    }
    expect(texts[0]).toBe(texts[1]);
    expect(texts[0]).not.toBe(texts[2]);
  });

  it('plays the same attack for the same seed', async () => {
    const logs = [];
    for (let i = 0; i < 2; i++) {
      const { estate, clock, logOf } = await estateAt();
      estate.instance('web-01').startAttack();
      clock.advance(3 * MINUTE);
      logs.push(logOf('web-01').map((event) => event.xml));
      await estate.stop();
    }
    expect(logs[0]).toEqual(logs[1]);
  });

  it.each([1, 4, 20])(
    'begins at speed %i with a past in the logs, one account counting, nobody locked',
    async (speed) => {
      const { logOf, accountOf, estate } = await estateAt({ speed });
      const web = logOf('web-01');
      expect(web.filter((event) => event.eventId === 4740).length).toBeGreaterThan(0);
      const oldestMs = Number((web[0]?.time ?? 0n) / 10_000n) - 11_644_473_600_000;
      expect(oldestMs).toBeGreaterThanOrEqual(NOW - HISTORY_MS / speed);
      expect(accountOf('app-02', 'svc-backup')).toMatchObject({ state: 'counting', threshold: 10 });
      expect(accountOf('app-02', 'svc-backup')?.badPasswordCount).toBe(6);
      expect(accountOf('web-01', 'Administrator')?.state).toBe('clear');
      expect(accountOf('db-03', 'dba')?.state).toBe('clear');
      expect(logOf('old-05')).toHaveLength(0);
      expect(
        estate
          .state()
          .instances.flatMap((one) => one.accounts.filter((account) => account.state === 'locked')),
      ).toEqual([]);
    },
  );

  it('gives no failure of the service account an address, all one workstation, and a steady period', async () => {
    const { logOf } = await estateAt();
    const failures = logOf('app-02').filter(
      (event) => event.eventId === 4625 && event.data.TargetUserName === 'svc-backup',
    );
    expect(failures.length).toBeGreaterThan(50);
    expect(
      new Set(failures.map(({ data }) => `${data.LogonType} ${data.IpAddress} ${data.WorkstationName}`)),
    ).toEqual(new Set(['5 - LAB-APP-02']));
    const gaps = failures.slice(1).map((event, i) => Number(event.time - (failures[i]?.time ?? 0n)) / 1e7);
    expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThan(3);
  });

  it('locks the service account within the practice window and lets it go by itself', async () => {
    const { clock, accountOf } = await estateAt();
    clock.advance(9 * MINUTE);
    expect(accountOf('app-02', 'svc-backup')?.state).toBe('locked');
    clock.advance(11 * MINUTE);
    expect(accountOf('app-02', 'svc-backup')?.state).not.toBe('locked');
  });

  it('plays one drill: quiet, attack, locked, relief, calm, finished, in about a minute', async () => {
    const { estate, clock, logOf } = await estateAt({ speed: ONCE_SPEED, drill: oncePlan });
    const phases: (string | null)[] = [estate.state().phase];
    estate.onChange(({ phase }) => {
      if (phases.at(-1) !== phase) phases.push(phase);
    });
    clock.advance(60_000);
    expect(phases).toEqual(['waiting']);
    await visit(estate);
    clock.advance(75_000);
    expect(phases).toEqual(['waiting', 'quiet', 'attack', 'locked', 'relief', 'proof', 'calm', 'finished']);
    const live = logOf('web-01').filter((event) => event.time > BigInt(NOW + 11_644_473_600_000) * 10_000n);
    const locks = live.filter(
      ({ eventId, data }) => eventId === 4740 && data.TargetUserName === 'Administrator',
    );
    expect(locks).toHaveLength(1);
    const signIns = live.filter(
      ({ eventId, data }) => eventId === 4624 && data.TargetUserName === 'Administrator',
    );
    const { adminAddress } = estate.cloud;
    expect(signIns.map(({ data }) => [data.LogonType, data.IpAddress])).toEqual([
      ['2', '127.0.0.1'],
      ['3', adminAddress],
      ['10', adminAddress],
    ]);
    expect(new Set(live.map(({ data }) => data.IpAddress)).size).toBeGreaterThan(5);
  });

  it('lets the lock of a live drill end by itself', async () => {
    const { estate, clock } = await estateAt({ drill: { ...livePlan, waitForVisitor: false } });
    const phases = new Set<string | null>();
    estate.onChange(({ phase }) => phases.add(phase));
    clock.advance(25 * MINUTE);
    expect([...phases]).toEqual(['quiet', 'attack', 'locked', 'relief', 'calm', 'finished']);
  });

  it('has words for every machine and every phase', async () => {
    const { estate } = await estateAt({ history: false });
    const phases = ['waiting', 'quiet', 'attack', 'locked', 'relief', 'proof', 'calm', 'finished'];
    const keys = [
      ...estate.state().instances.map((one) => one.storyKey),
      ...phases.map((phase) => `lab.phase.${phase}`),
      ...Object.values(LAB_LABEL),
    ];
    expect(keys.filter((key) => !(key in lab))).toEqual([]);
  });

  it('tells its true state in the shape the window expects', async () => {
    const { estate } = await estateAt();
    expect(labStateSchema.parse(estate.state())).toEqual(estate.state());
  });

  it('stands still while paused, goes on where it was, and takes another speed', async () => {
    const { estate, clock, accountOf } = await estateAt({ history: false });
    const count = () => accountOf('web-01', 'Administrator')?.badPasswordCount ?? 0;
    estate.instance('web-01').startAttack();
    clock.advance(20_000);
    const before = count();
    expect(before).toBeGreaterThan(0);
    estate.pause();
    clock.advance(30_000);
    expect(count()).toBe(before);
    estate.setSpeed(10);
    estate.resume();
    clock.advance(5_000);
    expect(count()).toBeGreaterThan(before + 3);
    expect(estate.instance('web-01').windows.sam.policy).toMatchObject({
      windowMinutes: 1,
      durationMinutes: 1,
    });
  });

  it('keeps ports, host keys and the private key for the next start, the key readable to its owner only', async () => {
    const first = await estateAt();
    const endpoints = first.estate.endpoints();
    await first.estate.stop();
    const second = await estateAt();
    expect(second.estate.endpoints()).toEqual(endpoints);
    const keyPath = endpoints[0]?.privateKeyPath ?? '';
    expect(readFileSync(keyPath, 'utf8')).toContain('BEGIN OPENSSH PRIVATE KEY');
    if (process.platform !== 'win32') expect(statSync(keyPath).mode & 0o077).toBe(0);
    expect(new Set(endpoints.map((endpoint) => endpoint.hostKeyFingerprint)).size).toBe(endpoints.length);
  });

  it('knows no trigger for an instance that is not there', async () => {
    const { estate } = await estateAt();
    expect(await estate.trigger({ kind: 'attack', instance: 'prod-01' })).toBe(false);
    expect(await estate.trigger({ kind: 'attack', instance: 'db-03' })).toBe(true);
    expect(estate.state().instances.find(({ name }) => name === 'db-03')?.underAttack).toBe(true);
  });
});

/** Asks the attacked instance something, as the app would. */
async function visit(estate: Estate): Promise<void> {
  const { ask } = await import('./testing/client');
  const [endpoint] = estate.endpoints();
  if (!endpoint) throw new Error('no endpoint');
  await ask(endpoint, 'hostname');
}

describe('the process of the practice lab', () => {
  it('starts, is told things, and stops; a command before the start is refused', async () => {
    const reports: LabReport[] = [];
    const host = new LabHost((report) => reports.push(report));
    expect(await host.handle({ kind: 'pause' })).toBe(true);
    expect(await host.handle({ kind: 'start', dataDir, seed: 'x', speed: 4, drill: 'none' })).toBe(true);
    await host.handle({ kind: 'trigger', trigger: { kind: 'attack', instance: 'nowhere' } });
    await host.handle({ kind: 'pause' });
    expect(await host.handle({ kind: 'stop' })).toBe(false);
    expect(reports.map((report) => report.kind)).toEqual([
      'refused',
      'started',
      'refused',
      'state',
      'state',
      'stopped',
    ]);
    const started = reports[1];
    expect(started?.kind === 'started' && started.endpoints.length).toBe(5);
  });

  it('says why it cannot start', async () => {
    const reports: LabReport[] = [];
    const start = () => Promise.reject(new Error('EACCES'));
    const host = new LabHost((report) => reports.push(report), start);
    await host.handle({ kind: 'start', dataDir, seed: 'x', speed: 1, drill: 'live' });
    expect(reports).toEqual([{ kind: 'failed', detail: 'EACCES' }]);
  });
});
