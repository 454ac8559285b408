import { appError } from '../../../shared/errors';
import type { InstanceId, ProfileFields } from '../../../shared/instance';
import {
  LAB_GROUP,
  type LabCommand,
  type LabDirectory,
  type LabEndpoint,
  type LabReport,
  type LabState,
  type LabTrigger,
} from '../../../shared/lab';
import { err, ok, type Result } from '../../../shared/result';
import type { LabSummary } from '../../../shared/snapshot';
import type { HostKeyStore } from '../../profiles/host-key-store';
import type { ProfileStore } from '../../profiles/profile-store';
import type { LabProcess } from './lab-process';

export interface PracticeLabOptions {
  readonly spawn: () => LabProcess;
  readonly dataDir: string;
  /** `live` repeats and leaves time to look; `once` plays through, `speed` times as fast. */
  readonly drill: 'live' | 'once';
  readonly speed: number;
  readonly profiles: Pick<ProfileStore, 'list' | 'add' | 'update' | 'delete'>;
  readonly hostKeys: Pick<HostKeyStore, 'pin'>;
  /** Told before any profile is made; gives the account that reaches the stand-in cloud, null without one. */
  readonly onCloud: (started: Extract<LabReport, { kind: 'started' }>) => Promise<Result<string | null>>;
  /** Told of the practice domain when the profiles are made, with an instance through which it can be reached. */
  readonly onDirectory?: (directory: LabDirectory, through: InstanceId) => Promise<Result<unknown>>;
  readonly onSummary: (summary: LabSummary) => void;
  readonly onState?: (state: LabState) => void;
}

export interface PracticeLab {
  start(): Promise<Result<null>>;
  trigger(action: 'attack' | 'calm' | 'unlock'): Result<null>;
  /** The lab's own word on what is so, and how it is reached; undefined while it does not run. */
  look(): { readonly state: LabState; readonly endpoints: readonly LabEndpoint[] } | undefined;
  send(trigger: LabTrigger): void;
  stop(): Promise<void>;
}

const off: LabSummary = { running: false, phase: null, instanceIds: [] };

/**
 * Runs the simulated estate in its own process and makes profiles for its instances, as an admin would. The
 * rest of the app reaches them over SSH and knows of no lab.
 */
export function createPracticeLab(options: PracticeLabOptions): PracticeLab {
  let running: LabProcess | undefined;
  let state: LabState | undefined;
  let endpoints: readonly LabEndpoint[] = [];
  let instanceIds: InstanceId[] = [];

  const tell = (next: LabState): void => {
    state = next;
    const phase = next.phase === null ? null : { key: `lab.phase.${next.phase}`, params: {} };
    options.onSummary({ running: next.running, phase, instanceIds });
    options.onState?.(next);
  };

  async function begin(report: Extract<LabReport, { kind: 'started' }>): Promise<Result<null>> {
    // The estate begins anew, and so does what is known of it: new instances, no evidence of earlier ones.
    const earlier = options.profiles.list().filter(({ group }) => group === LAB_GROUP);
    if (earlier.length > 0) await options.profiles.delete(earlier.map(({ id }) => id));
    const account = await options.onCloud(report);
    if (!account.ok) return account;
    const ids: InstanceId[] = [];
    for (const endpoint of report.endpoints) {
      const id = await profileFor(endpoint, account.value);
      if (!id.ok) return id;
      ids.push(id.value);
    }
    const [through] = ids;
    if (report.directory && through && options.onDirectory) {
      const made = await options.onDirectory(report.directory, through);
      if (!made.ok) return made;
    }
    instanceIds = ids;
    endpoints = report.endpoints;
    tell(report.state);
    return ok(null);
  }

  async function profileFor(endpoint: LabEndpoint, accountId: string | null): Promise<Result<InstanceId>> {
    const fields = fieldsOf(endpoint, accountId);
    // Not watched before its host key is pinned.
    const saved = await options.profiles.add({ ...fields, watch: 'off' });
    if (!saved.ok) return saved;
    const { id } = saved.value.profile;
    const pinned = await options.hostKeys.pin(id, {
      hop: 'instance',
      host: endpoint.host,
      port: endpoint.port,
      algorithm: 'ssh-ed25519',
      fingerprint: endpoint.hostKeyFingerprint,
    });
    if (!pinned.ok) return pinned;
    const watched = await options.profiles.update(id, fields);
    return watched.ok ? ok(id) : watched;
  }

  return {
    start() {
      if (running) return Promise.resolve(ok(null));
      const lab = options.spawn();
      running = lab;
      return new Promise((resolve) => {
        lab.onReport((report) => {
          if (report.kind === 'started')
            begin(report).then(resolve, () => resolve(err(appError('app.internal'))));
          else if (report.kind === 'state') tell(report.state);
          else if (report.kind === 'failed') resolve(err(appError('app.internal')));
        });
        lab.onExit(() => {
          running = undefined;
          state = undefined;
          options.onSummary(off);
          resolve(err(appError('app.cancelled')));
        });
        const { dataDir, speed, drill } = options;
        lab.send({ kind: 'start', dataDir, seed: 'practice', speed, drill });
      });
    },
    trigger(action) {
      if (!running || !state) return err(appError('app.notFound'));
      for (const command of commandsFor(action, state)) running.send(command);
      return ok(null);
    },
    look: () => (state ? { state, endpoints } : undefined),
    send: (trigger) => running?.send({ kind: 'trigger', trigger }),
    async stop() {
      const lab = running;
      if (!lab) return;
      const gone = new Promise<void>((resolve) => lab.onExit(resolve));
      lab.send({ kind: 'stop' });
      await gone;
    },
  };
}

const fieldsOf = (endpoint: LabEndpoint, accountId: string | null): ProfileFields => ({
  name: endpoint.name,
  group: LAB_GROUP,
  tags: [],
  ssh: {
    host: endpoint.host,
    port: endpoint.port,
    user: endpoint.user,
    authentication: { kind: 'key', path: endpoint.privateKeyPath, encrypted: false },
  },
  jumpHosts: [],
  rdpPort: endpoint.rdpPort,
  membership: 'standalone',
  cloud: endpoint.cloud && accountId !== null ? { ...endpoint.cloud, accountId } : null,
  ...(endpoint.vnc
    ? { vnc: { host: endpoint.vnc.host, port: endpoint.vnc.port, via: 'direct' as const } }
    : {}),
  watch: 'close',
});

function commandsFor(action: 'attack' | 'calm' | 'unlock', state: LabState): readonly LabCommand[] {
  switch (action) {
    case 'attack':
      return state.instances
        .slice(0, 1)
        .map(({ name }) => ({ kind: 'trigger', trigger: { kind: 'attack', instance: name } }));
    case 'calm':
      return state.instances
        .filter(({ underAttack }) => underAttack)
        .map(({ name }) => ({ kind: 'trigger', trigger: { kind: 'stopAttack', instance: name } }));
    case 'unlock':
      return state.instances.flatMap(({ name, accounts }) =>
        accounts
          .filter((account) => account.state === 'locked')
          .map(
            (account): LabCommand => ({
              kind: 'trigger',
              trigger: { kind: 'adminUnlock', instance: name, account: account.name },
            }),
          ),
      );
  }
}
