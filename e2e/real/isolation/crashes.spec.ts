import { type ChildProcess, spawn } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sampleEstate } from '../../../electron/isolation/testing/estate';
import {
  type CloudState,
  createFakeCloud,
  type FakeCloud,
  fingerprint,
} from '../../../electron/isolation/testing/fake-cloud';
import { createInstantClock } from '../../../electron/isolation/testing/instant-clock';
import { serveCloud } from './cloud-server';
import { type OnDisk, type Operation, perform, startOnDisk } from './on-disk';
import { packetReaches } from './packets';

const WORLD = fingerprint(sampleEstate());
const TRUSTED = '198.51.100.7';
const LATER = '203.0.113.200';
const ATTACKER = '192.0.2.66';
/** Points tried side by side: most of the time goes by waiting for the disk. */
const AT_ONCE = 4;

const isolate: Operation = { kind: 'isolate' };
const restore: Operation = { kind: 'restoreToTrust', trusted: [`${TRUSTED}/32`] };
const follow: Operation = { kind: 'followAddress', trusted: [`${TRUSTED}/32`, `${LATER}/32`] };
const undo: Operation = { kind: 'undo' };

const scenarios: readonly { name: string; before: Operation[]; operation: Operation }[] = [
  { name: 'isolate', before: [], operation: isolate },
  { name: 'isolate by dropping', before: [], operation: { kind: 'isolate', strategy: 'dropRules' } },
  { name: 'isolate by deleting', before: [], operation: { kind: 'isolate', strategy: 'deleteRules' } },
  { name: 'restore to trust', before: [isolate], operation: restore },
  {
    name: 'restore to trust after dropping',
    before: [{ kind: 'isolate', strategy: 'dropRules' }],
    operation: restore,
  },
  { name: 'follow an address', before: [isolate, restore], operation: follow },
  { name: 'isolate again', before: [isolate, restore], operation: isolate },
  { name: 'undo', before: [isolate], operation: undo },
  { name: 'undo after trust', before: [isolate, restore], operation: undo },
  { name: 'undo of dropping', before: [{ kind: 'isolate', strategy: 'dropRules' }], operation: undo },
  { name: 'undo of deleting', before: [{ kind: 'isolate', strategy: 'deleteRules' }], operation: undo },
];

/** Where the cloud stands, told packet by packet. */
function standing(state: CloudState): 'open' | 'closed' | 'trusted' | 'followed' | 'both' {
  const reaches = (from: string): boolean => packetReaches(state, 'i-1', from, 3389);
  if (reaches(ATTACKER)) return 'open';
  if (reaches(TRUSTED)) return reaches(LATER) ? 'both' : 'trusted';
  return reaches(LATER) ? 'followed' : 'closed';
}

const goal = {
  isolate: 'closed',
  restoreToTrust: 'trusted',
  followAddress: 'followed',
  undo: 'open',
} as const;

let root: string;
let worker: string;
const tally = { points: 0, wrong: 0, lost: 0 };
const complaints: string[] = [];

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'crashes-'));
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: join(import.meta.dirname, 'worker.ts'),
      outDir: join(root, 'worker'),
      rollupOptions: { output: { entryFileNames: 'worker.mjs' } },
    },
    ssr: { noExternal: true },
  });
  worker = join(root, 'worker', 'worker.mjs');
});
afterAll(async () => {
  process.stdout.write(
    `${complaints.map((line) => `${line}\n`).join('')}crash points ${tally.points}, wrong end states ${tally.wrong}, originals lost ${tally.lost}\n`,
  );
  await rm(root, { recursive: true, force: true });
});

const cloudOf = (state: CloudState): FakeCloud => createFakeCloud(structuredClone(state), () => Date.now());

/** Runs the operation in a process of its own and kills it at this point; false when it came to its end before. */
async function crashAt(
  point: number,
  folder: string,
  cloud: FakeCloud,
  operation: Operation,
): Promise<{ killed: string | null; said: string }> {
  let seen = 0;
  let killed: string | null = null;
  let child: ChildProcess | null = null;
  const server = await serveCloud(cloud, async (name) => {
    if (killed !== null) return 'killed';
    if (seen++ !== point) return 'go';
    killed = name;
    child?.kill('SIGKILL');
    return 'killed';
  });
  let said = '';
  child = spawn(process.execPath, [worker, folder, server.url, JSON.stringify(operation)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.stdout?.on('data', (chunk) => {
    said += String(chunk);
  });
  await new Promise((resolve) => child?.once('close', resolve));
  await server.close();
  return { killed, said: said.trim() };
}

async function recover<T>(
  folder: string,
  state: CloudState,
  byTags: boolean,
  work: (rig: OnDisk, cloud: FakeCloud) => Promise<T>,
) {
  const cloud = cloudOf(state);
  // Without that question, what was lost has to be found by repeating its call with its token.
  if (!byTags) delete cloud.findGroups;
  const rig = await startOnDisk(folder, cloud, createInstantClock(Date.now()));
  try {
    await rig.service.reconcile();
    return await work(rig, cloud);
  } finally {
    await rig.dispose();
  }
}

const world = (state: CloudState): boolean => fingerprint(state) === WORLD;

/** Undoes whatever there is to undo; true when the very original is back. */
async function undoAll(rig: OnDisk, cloud: FakeCloud): Promise<boolean> {
  await perform(rig, undo);
  return world(cloud.state) && rig.service.views()[0]?.state !== 'needsAttention';
}

/** Everything that must hold after a crash; gives what does not. */
async function judge(
  folder: string,
  before: CloudState,
  state: CloudState,
  operation: Operation,
): Promise<{ wrong: string[]; lost: string[] }> {
  const wrong: string[] = [];
  const lost: string[] = [];
  const copies = [`${folder}-finish`, `${folder}-undo`];
  for (const copy of copies) await cp(folder, copy, { recursive: true });

  const [from, at] = [standing(before), standing(state)];
  if (operation.kind !== 'undo' && from !== 'open' && at === 'open') wrong.push('open in between');
  if (operation.kind === 'followAddress' && at === 'closed') wrong.push('the admin shut out in between');

  await recover(copies[0] ?? '', state, true, async (rig, cloud) => {
    if (fingerprint(cloud.state) !== fingerprint(state)) wrong.push('the start changed the cloud');
    if (rig.notices.some(({ severity }) => severity === 'error')) wrong.push('a file was broken');
    const [entry] = rig.journal.openEntries();
    if (!entry && !world(state)) lost.push('no entry though the cloud was changed');
    if (entry && JSON.stringify(entry.original.groups.map(({ id, ingress }) => [id, ingress])) !== ORIGINAL)
      lost.push('another original');
    const view = rig.service.views()[0];
    if (view?.state === 'isolated' && standing(cloud.state) !== 'closed') wrong.push('green and not closed');
    if (view?.state === 'restoredToTrust' && !['trusted', 'followed'].includes(standing(cloud.state)))
      wrong.push('said to be trusted and is not');
    // What was closed before stays so at the start: only the admin's choice opens anything.
    const inFlight = view?.state === 'needsAttention' || view?.state === 'unverified';
    if (inFlight) {
      const resumed = await rig.service.resume('p-1');
      if (resumed.ok && resumed.value.kind === 'started') await resumed.value.done;
      else if (resumed.ok && resumed.value.kind === 'replaced' && resumed.value.preview.plan) {
        const { previewId } = resumed.value.preview;
        const applied = await rig.service.apply({ previewIds: [previewId], confirmed: true, typed: 'web-1' });
        if (applied.ok && applied.value[0]?.kind === 'started') await applied.value[0].done;
      } else wrong.push(`cannot be resumed: ${resumed.ok ? resumed.value.kind : resumed.error.code}`);
    }
    const begun = inFlight || fingerprint(state) !== fingerprint(before);
    const wanted = begun ? goal[operation.kind] : standing(before);
    if (standing(cloud.state) !== wanted) wrong.push(`finished ${standing(cloud.state)}, not ${wanted}`);
    if (!packetReaches(cloud.state, 'i-1', ATTACKER, 443)) wrong.push('another port was closed');
    if (!operation.strategy && !packetReaches(cloud.state, 'i-2', ATTACKER, 443))
      wrong.push('a neighbour was hurt');
    if (!(await undoAll(rig, cloud))) lost.push('not undone after finishing');
  });

  await recover(copies[1] ?? '', state, false, async (rig, cloud) => {
    if (!(await undoAll(rig, cloud))) lost.push('not undone');
  });
  for (const copy of copies) await rm(copy, { recursive: true, force: true });
  return { wrong, lost };
}

const ORIGINAL = JSON.stringify(
  sampleEstate()
    .groups.filter(({ id }) => id === 'sg-web' || id === 'sg-own')
    .map(({ id, ingress }) => [id, ingress]),
);

it.each(scenarios)(
  'every crash point of: $name',
  { timeout: 600_000 },
  async ({ name, before, operation }) => {
    const setup = join(root, `${name.replaceAll(' ', '-')}-setup`);
    const prepared = cloudOf(sampleEstate());
    const rig = await startOnDisk(setup, prepared, createInstantClock());
    for (const earlier of before) expect(await perform(rig, earlier)).toMatch(/^(isolated|restoredToTrust)$/);
    await rig.dispose();
    /** Kills at one point and judges what is left; false when the operation came to its end before it. */
    const tryPoint = async (point: number): Promise<boolean> => {
      const folder = join(root, `${name.replaceAll(' ', '-')}-${point}`);
      await cp(setup, folder, { recursive: true });
      const cloud = cloudOf(prepared.state);
      const { killed, said } = await crashAt(point, folder, cloud, operation);
      if (killed === null) {
        expect(said).toMatch(/^(isolated|restoredToTrust|restored)$/);
        await rm(folder, { recursive: true, force: true });
        return false;
      }
      const { wrong, lost } = await judge(folder, prepared.state, cloud.state, operation);
      tally.points++;
      if (wrong.length > 0) tally.wrong++;
      if (lost.length > 0) tally.lost++;
      for (const complaint of [...wrong, ...lost])
        complaints.push(`${name}, point ${point} (${killed}): ${complaint}`);
      await rm(folder, { recursive: true, force: true });
      return true;
    };
    let points = 0;
    for (let more = true; more; ) {
      const first = points;
      const tried = await Promise.all(Array.from({ length: AT_ONCE }, (_, next) => tryPoint(first + next)));
      more = tried.every(Boolean);
      points += tried.filter(Boolean).length;
    }
    expect(points).toBeGreaterThan(10);
    expect(complaints.filter((line) => line.startsWith(`${name},`))).toEqual([]);
  },
);
