import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuditTrail } from '../electron/audit/trail';
import { createAliyunClient } from '../electron/cloud/aliyun/client';
import { createEcsProvider } from '../electron/cloud/aliyun/ecs-provider';
import { newStepToken } from '../electron/isolation/executor/tokens';
import { ensureFolder } from '../electron/isolation/journal/folder';
import { createJournal } from '../electron/isolation/journal/journal';
import { timePlanner } from '../electron/isolation/plan/bench';
import { createIsolationService } from '../electron/isolation/service/service';
import type { PlanRequest } from '../electron/isolation/service/types';
import type { EstateSpec } from '../electron/lab/ecs/estate-spec';
import { createEcsStandIn, type EcsStandIn, STAND_IN_KEY } from '../electron/lab/ecs/stand-in';
import { createDiskFiles } from '../electron/storage/atomic-file';
import { systemClock } from '../electron/watch/clock';
import { ok } from '../shared/result';
import { atMost, type Figure, measured, median } from './lib/figure';

const LATENCY_MS = 40;
const RUNS = 5;
const BATCH = 100;
const RDP = 3389;

/**
 * Rounds of calls that one isolation cannot do without, counted from the click: two to read the rules again (the
 * groups are known only after the first), make the group, close it to its members and give it its rules at once, read
 * the membership, attach, and two rounds to read what holds now.
 */
const ISOLATE_ROUNDS = 8;

const rules = (group: string) =>
  Array.from({ length: 50 }, (_, at) => ({
    id: `sgr-${group}-${at}`,
    portRange: at === 0 ? `${RDP}/${RDP}` : `${8000 + at}/${8000 + at}`,
    sourceCidrIp: '0.0.0.0/0',
  }));

const instanceName = (at: number): string => `i-${at + 1}`;

/** So many instances with three groups of fifty rules each, which they share. */
const estateOf = (instances: number): EstateSpec => ({
  groups: ['web', 'app', 'own'].map((name) => ({
    id: `sg-${name}`,
    innerAccess: 'Drop',
    rules: rules(name),
  })),
  instances: Array.from({ length: instances }, (_, at) => ({
    id: instanceName(at),
    name: `web-${at + 1}`,
    interfaces: [
      {
        privateAddresses: [`10.0.${Math.floor(at / 250)}.${(at % 250) + 1}`],
        publicAddress: `203.0.113.${(at % 250) + 1}`,
        groupIds: ['sg-web', 'sg-app', 'sg-own'],
      },
    ],
  })),
});

interface Rig {
  readonly standIn: EcsStandIn;
  perform(
    kind: PlanRequest['kind'],
    ids: readonly string[],
    trusted?: string[],
  ): Promise<{ states: string[]; ms: number }>;
  stop(): Promise<void>;
}

async function startRig(instances: number, latencyMs: number): Promise<Rig> {
  const folder = mkdtempSync(join(tmpdir(), 'lockwatch-bench-isolation-'));
  const standIn = createEcsStandIn({ estate: estateOf(instances), latencyMs });
  await standIn.start();
  const credentials = {
    accessKeyId: STAND_IN_KEY.id,
    accessKeySecret: STAND_IN_KEY.secret,
    securityToken: null,
  };
  const client = createAliyunClient({
    fetch,
    clock: systemClock,
    newNonce: randomUUID,
    jitter: Math.random,
    endpoint: standIn.endpoint,
    credentials: { current: async () => ok(credentials), renew: () => false },
  });
  const provider = createEcsProvider({ client, clock: systemClock });
  const files = createDiskFiles();
  const audit = createAuditTrail({ folder, files, now: systemClock.now, onNotices: () => undefined });
  await audit.start();
  const journalFolder = join(folder, 'journal');
  const targets = Array.from({ length: instances }, (_, at) => ({
    id: `p-${at + 1}`,
    region: 'cn-hangzhou',
    instanceId: instanceName(at),
    name: `web-${at + 1}`,
    rdpPort: RDP,
    provider,
  }));
  const service = createIsolationService({
    targets: () => targets,
    journal: createJournal({ folder: journalFolder, files, ensureFolder, now: systemClock.now }),
    journalFolder,
    audit,
    clock: systemClock,
    newId: randomUUID,
    newToken: newStepToken,
    probe: async () => 'notTried',
    admin: () => 'bench',
    say: ({ key }) => key,
    followByItself: () => false,
    onViews: () => undefined,
    onOffers: () => undefined,
    onNotices: () => undefined,
  });
  await service.start();
  return {
    standIn,
    async perform(kind, ids, trusted = []) {
      const planned = await service.plan({
        ids: [...ids],
        kind,
        strategy: null,
        trusted,
        reason: 'bench',
        incident: '',
        driftDecisions: {},
      });
      if (!planned.ok) throw new Error(planned.error.code);
      const previewIds = planned.value.map((preview) => {
        if (!preview.plan) throw new Error(preview.refusal?.code ?? preview.error?.code ?? 'no plan');
        return preview.previewId;
      });
      standIn.clearCalls();
      const started = performance.now();
      // An undo that opens RDP to the world wants the name typed; all of them share the one of the first.
      const applied = await service.apply({ previewIds, confirmed: true, typed: 'web-1' });
      if (!applied.ok) throw new Error(applied.error.code);
      const states = await Promise.all(
        applied.value.map(async (one) => {
          if (one.kind !== 'started') return one.kind;
          const outcome = await one.done;
          return outcome.kind === 'verified' ? outcome.state : outcome.kind;
        }),
      );
      return { states, ms: performance.now() - started };
    },
    async stop() {
      await service.dispose();
      await audit.dispose();
      await standIn.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const expectAll = (states: readonly string[], wanted: string): void => {
  const other = states.filter((state) => state !== wanted);
  if (other.length > 0) throw new Error(`${other.length} of ${states.length} are not ${wanted}: ${other[0]}`);
};

const written = (standIn: EcsStandIn): number =>
  standIn.calls.filter(({ action }) => !action.startsWith('Describe')).length;

async function oneInstance(): Promise<Figure[]> {
  const times: number[] = [];
  let isolate = { calls: 0, writes: 0 };
  let restore = { calls: 0, writes: 0 };
  for (let run = 0; run < RUNS; run++) {
    const rig = await startRig(1, LATENCY_MS);
    const isolated = await rig.perform('isolate', ['p-1']);
    expectAll(isolated.states, 'isolated');
    times.push(isolated.ms);
    isolate = { calls: rig.standIn.calls.length, writes: written(rig.standIn) };
    const restored = await rig.perform('undo', ['p-1']);
    expectAll(restored.states, 'restored');
    restore = { calls: rig.standIn.calls.length, writes: written(rig.standIn) };
    await rig.stop();
  }
  const how =
    'from the confirmed click to verified, one instance with 3 groups of 50 rules, on the stand-in cloud';
  const minimum = ISOLATE_ROUNDS * LATENCY_MS;
  return [
    measured(
      'isolation.isolate.calls',
      isolate.calls,
      'API calls',
      `${how}; at least 18: 6 to read again, 5 to change, 7 to verify`,
    ),
    measured(
      'isolation.isolate.writes',
      isolate.writes,
      'changing API calls',
      `${how}; at least 4: make the group, close it inside, its rules, attach`,
    ),
    measured(
      'isolation.restore.calls',
      restore.calls,
      'API calls',
      `${how}; at least 16: 7 to read again, 3 to change, 6 to verify`,
    ),
    measured(
      'isolation.restore.writes',
      restore.writes,
      'changing API calls',
      `${how}; at least 2: detach, delete the group`,
    ),
    measured(
      'isolation.verified',
      median(times),
      'ms',
      `${how}; ${LATENCY_MS} ms added to each answer; median of ${RUNS}`,
    ),
    atMost(
      'isolation.verified.ratio',
      median(times) / minimum,
      'times the minimum',
      1.5,
      `the minimum is ${ISOLATE_ROUNDS} rounds of calls, ${minimum} ms`,
    ),
  ];
}

async function batch(): Promise<Figure[]> {
  const rig = await startRig(BATCH, LATENCY_MS);
  const { states, ms } = await rig.perform(
    'isolate',
    Array.from({ length: BATCH }, (_, at) => `p-${at + 1}`),
  );
  expectAll(states, 'isolated');
  const throttled = rig.standIn.calls.filter(({ code }) => code?.startsWith('Throttling')).length;
  await rig.stop();
  const how = `${BATCH} instances isolated in one batch, each verified, ${LATENCY_MS} ms added to each answer`;
  return [
    measured(
      'isolation.batch',
      ms / 1000,
      's',
      `${how}; bounded by the client's own budget of calls a minute`,
    ),
    atMost(
      'isolation.batch.throttled',
      throttled,
      'answers',
      0,
      `throttling answers of the stand-in; ${how}`,
    ),
  ];
}

/** Isolation and restore on the stand-in cloud: calls, time to verified, the planner, a batch. */
export async function benchIsolation(): Promise<Figure[]> {
  const planner = timePlanner(() => performance.now());
  return [
    atMost(
      'isolation.planner',
      median(planner),
      'ms',
      50,
      `median of ${planner.length} plans for 10 groups of 200 rules`,
    ),
    ...(await oneInstance()),
    ...(await batch()),
  ];
}
