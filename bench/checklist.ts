import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { createIncidentService } from '../electron/incidents/service';
import { createIncidentStore } from '../electron/incidents/store/store';
import { createHostKeyStore } from '../electron/profiles/host-key-store';
import { createProfileStore } from '../electron/profiles/profile-store';
import { createSettingsStore } from '../electron/profiles/settings-store';
import { createMemoryFiles } from '../electron/profiles/testing/memory-files';
import { sampleFields, sampleId } from '../electron/profiles/testing/sample-profile';
import { createVault } from '../electron/secrets/vault';
import { openEvidenceStore } from '../electron/storage/evidence-store';
import { temporaryFolder } from '../electron/storage/testing/make-records';
import { createChecklistService } from '../electron/unlock/checklist/service';
import { createUnlockFacts } from '../electron/unlock/facts';
import { systemClock } from '../electron/watch/clock';
import { FleetService } from '../electron/watch/fleet';
import { createHost } from '../electron/watch/host';
import { FakeInstance } from '../electron/watch/testing/fake-instance';
import type { Checklist, ChecklistPartId } from '../shared/checklist';
import { appError } from '../shared/errors';
import { err } from '../shared/result';
import { atMost, type Figure, measured, median } from './lib/figure';

const SAMPLES = 12;
const MOST_SECONDS = 30;
/** Refused guesses of the flood that goes on meanwhile, for each sample. */
const FLOOD = 400;

const ADMINISTRATOR = { TargetUserName: 'Administrator', TargetUserSid: 'S-1-5-21-1-2-3-500' };

/** Main and the evidence process in one: everything but the window, with the real database and the real clock. */
async function startPipeline(instance: FakeInstance) {
  const folder = temporaryFolder();
  const files = createMemoryFiles();
  const clock = systemClock;
  const now = (): number => clock.now();
  let nextId = 1;
  const newId = (): string => sampleId(nextId++);
  const settings = createSettingsStore({ path: '/data/settings.json', files, now });
  const hostKeys = createHostKeyStore({ path: '/data/host-keys.json', files, now, userName: 'bench' });
  const cipher = {
    open: async () => ({ safe: true, backend: 'bench' }),
    encrypt: async (text: string) => Buffer.from(text),
    decrypt: async (bytes: Uint8Array) => ({ text: Buffer.from(bytes).toString(), reEncrypt: false }),
  };
  const vault = createVault({ path: '/data/secrets.json', files, cipher, now });
  const stored: { eventIds: readonly number[]; atMs: number }[] = [];
  const { port1, port2 } = new MessageChannel();
  const endOf = (port: MessagePort) => ({
    post: (message: unknown) => port.postMessage(message),
    listen: (listener: (message: unknown) => void) => {
      port.on('message', listener);
    },
  });
  let host: { dispose(): Promise<void> } | undefined;
  const profiles = createProfileStore({
    path: '/data/profiles.json',
    files,
    clock,
    newId,
    forget: (ids) => fleet.forget(ids),
  });
  const waiting = new Set<() => void>();
  let shown: readonly Checklist[] = [];
  const fleet: FleetService = new FleetService({
    spawn() {
      host = createHost({
        end: endOf(port2),
        clock,
        random: () => 0,
        openStore(path, thorough) {
          const opened = openEvidenceStore(path, { now, thorough });
          if (!opened.ok) return opened;
          const { store } = opened.value;
          const append = store.appendBatch.bind(store);
          store.appendBatch = (batch) => {
            const done = append(batch);
            const eventIds = batch.records.map(({ record }) => record.eventId);
            stored.push({ eventIds, atMs: performance.now() });
            return done;
          };
          return opened;
        },
        connections: () => ({
          open: () => ({
            connect: (signal) => instance.connect(signal),
            forward: async () => err(appError('ssh.forwardRefused')),
            question: () => null,
            forgetRefusals: () => undefined,
          }),
          check: async () => undefined,
        }),
        exit: () => undefined,
      });
      return { end: endOf(port1), onExit: () => undefined, kill: () => undefined };
    },
    databasePath: join(folder.path, 'evidence.db'),
    clock,
    newId,
    profiles,
    settings,
    hostKeys,
    vault,
    onViews(views) {
      incidents.views(views);
      checklists.views(views);
    },
    onState: () => undefined,
    onCheck: () => undefined,
    onSavedLog: () => undefined,
  });
  const facts = createUnlockFacts();
  const incidents = createIncidentService({
    store: createIncidentStore({ folder: '/data/incidents', files, now }),
    clock,
    newId,
    nameOf: () => 'bench',
    admin: () => 'bench',
    say: ({ key }) => key,
    evidence: fleet.incidentEvidence,
    onNotices: () => undefined,
    onClosed: () => undefined,
  });
  const checklists = createChecklistService({
    incidents,
    facts,
    profileOf: (id) => profiles.get(id),
    providerOf: () => null,
    audit: { appendLater: async () => undefined },
    admin: () => 'bench',
    clock,
    log: { error: () => undefined },
    onChecklists(all) {
      shown = all;
      for (const look of [...waiting]) look();
    },
  });
  for (const store of [settings, hostKeys, vault, profiles]) await store.start();
  await settings.save({
    pollSeconds: { close: 1, normal: 1, relaxed: 1 },
    busyPollSeconds: 1,
    quietPollSeconds: 1,
  });
  await profiles.add(
    sampleFields({ ssh: { host: 'bench', port: 22, user: 'watcher', authentication: { kind: 'agent' } } }),
  );
  await incidents.start();
  checklists.start();
  fleet.start();
  return {
    stored,
    /** When a part of the checklist comes into this state, as the window is told. */
    becomes: (part: ChecklistPartId, state: string): Promise<number> =>
      new Promise((resolve, reject) => {
        const late = setTimeout(
          () => reject(new Error(`${part} did not become ${state}`)),
          MOST_SECONDS * 1000,
        );
        const look = (): void => {
          const found = shown.some(({ steps }) =>
            steps.some(({ parts }) => parts.some((one) => one.id === part && one.state === state)),
          );
          if (!found) return;
          clearTimeout(late);
          waiting.delete(look);
          resolve(performance.now());
        };
        waiting.add(look);
        look();
      }),
    async dispose() {
      checklists.dispose();
      await incidents.dispose();
      await fleet.dispose();
      await host?.dispose();
      port1.close();
      port2.close();
      folder.remove();
    },
  };
}

function attack(instance: FakeInstance): void {
  for (let i = 0; i < 5; i += 1) instance.fail('Administrator', `203.0.113.${i + 1}`);
  instance.lock('Administrator');
  for (let i = 0; i < FLOOD; i += 1) {
    instance.log(4625, {
      ...ADMINISTRATOR,
      TargetUserSid: 'S-1-0-0',
      TargetDomainName: '.',
      Status: '0xc0000234',
      SubStatus: '0x0',
      LogonType: '3',
      IpAddress: `198.51.100.${i % 250}`,
    });
  }
}

function signInAtConsole(instance: FakeInstance): void {
  instance.accounts = instance.accounts.map((account) => ({
    ...account,
    locked: false,
    badPasswordAttempts: 0,
  }));
  instance.log(4624, {
    ...ADMINISTRATOR,
    TargetDomainName: '.',
    LogonType: '2',
    LogonProcessName: 'User32 ',
    AuthenticationPackageName: 'Negotiate',
    IpAddress: '127.0.0.1',
  });
}

/** How soon a step is ticked after the evidence for it lies in the database, while an attack's flood goes on. */
export async function benchChecklist(): Promise<Figure[]> {
  const instance = new FakeInstance(systemClock);
  const pipeline = await startPipeline(instance);
  const waits: number[] = [];
  try {
    for (let sample = 0; sample < SAMPLES; sample += 1) {
      attack(instance);
      await pipeline.becomes('consoleSignIn', sample === 0 ? 'blocked' : 'reopened');
      pipeline.stored.length = 0;
      signInAtConsole(instance);
      const tickedMs = await pipeline.becomes('consoleSignIn', 'done');
      const evidence = pipeline.stored.find(({ eventIds }) => eventIds.includes(4624));
      if (!evidence) throw new Error('the sign-in was ticked, but not stored');
      waits.push(tickedMs - evidence.atMs);
    }
  } finally {
    await pipeline.dispose();
  }
  const how = `${SAMPLES} sign-ins at the console amid ${FLOOD} refused guesses each; from the end of the transaction that stores the event to the checklist as the window is told of it; watcher, SQLite, model, incidents and checklist, in one process`;
  return [
    atMost('checklist.tick.worst', Math.max(...waits), 'ms', 1000, how),
    measured('checklist.tick.median', median(waits), 'ms', 'the median of the same'),
  ];
}
