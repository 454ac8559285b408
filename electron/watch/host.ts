import { z } from 'zod';
import { type AppError, appError } from '../../shared/errors';
import type { InstanceId } from '../../shared/instance';
import { err, ok, type Result } from '../../shared/result';
import type { EvidenceStore } from '../storage/evidence-store';
import type { Clock } from './clock';
import { createLazyDirectories } from './directory-host';
import { EvidenceQuestions } from './evidence-questions';
import { EXIT_DAMAGED_STORE } from './exit-codes';
import type {
  HostEvents,
  HostRequests,
  HostSettings,
  MainEvents,
  MainRequests,
  SecretOwner,
} from './protocol';
import { RdpProbes } from './rdp-probes';
import { Retention } from './retention-rounds';
import { createRpc, type HandedPort, type MessageEnd, type Rpc } from './rpc';
import { SavedLogs } from './saved-logs';
import type { Connections, SshConnectionsOptions } from './ssh-connections';
import { StoreNotice } from './store-notice';
import { TradeOffs } from './trade-off';
import { WatchedFleet } from './watched-fleet';

export type HostRpc = Rpc<MainRequests, HostEvents>;

export interface HostOptions {
  readonly end: MessageEnd;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly openStore: (
    path: string,
    thorough: boolean,
  ) => Result<{ readonly store: EvidenceStore; readonly keptAside: string | null }>;
  readonly connections: (
    options: Pick<SshConnectionsOptions, 'readSecret' | 'settled'> & { readKnownHosts: () => boolean },
  ) => Connections;
  /** Ends the process after `host.close`, or because the database has to be opened in a new one. */
  readonly exit: (code: number) => void;
}

const openSchema = z.object({
  databasePath: z.string().min(1),
  thorough: z.boolean(),
  settings: z.object({}),
});

/** The evidence process: everything that reads instances and stores what they say. Started by the first message. */
export function createHost(options: HostOptions): { dispose(): Promise<void> } {
  const { clock, random } = options;
  let opened: Opened | undefined;
  const checks = new Map<string, AbortController>();
  const rdpProbes = new RdpProbes(clock);
  const tradeOffs = new TradeOffs();

  interface Opened {
    readonly store: EvidenceStore;
    readonly fleet: WatchedFleet;
    readonly questions: EvidenceQuestions;
    readonly retention: Retention;
    readonly connections: Connections;
    settings: HostSettings;
  }

  const notOpen = err(appError('store.unavailable'));
  const withOpen = <T>(run: (host: Opened) => T | Promise<T>): T | Promise<T> | typeof notOpen =>
    opened ? run(opened) : notOpen;
  const done = ok(null);
  const directories = createLazyDirectories({
    clock,
    random,
    tunnel: (instance) => async (address, signal) => {
      if (!opened) return notOpen;
      const forward = await opened.fleet.forward(instance, { ...address, from: 'instance' }, signal);
      return forward.ok ? ok(forward.value.stream) : forward;
    },
    readSecret: (input) => rpc.request('directory.secret', input),
    attemptStore: () => opened?.store,
    events: {
      'directory.changed': (report) => rpc.emit('directory.changed', report),
      'directory.read': (readings) => rpc.emit('directory.read', readings),
      'directory.settled': (settled) => rpc.emit('directory.settled', settled),
      'directory.checked': (report) => rpc.emit('directory.checked', report),
    },
  });
  const logs = new SavedLogs((progress) => rpc.emit('replay.progress', progress));

  async function open(
    input: HostRequests['host.open']['input'],
  ): Promise<Result<{ keptAside: string | null }>> {
    if (opened || !openSchema.safeParse(input).success) return err(appError('app.invalidArgument'));
    const result = options.openStore(input.databasePath, input.thorough);
    if (!result.ok) return result;
    const { store, keptAside } = result.value;
    const notice = new StoreNotice(rpc, clock);
    const connections = options.connections({
      readSecret: (owner, hop, place) => rpc.request('secret.read', { owner, hop, place }),
      settled: (owner, hop, version, outcome) => rpc.emit('secret.settled', { owner, hop, version, outcome }),
      readKnownHosts: () => opened?.settings.readKnownHosts ?? false,
    });
    const onStore = (id: InstanceId, error: AppError | null): void => {
      if (error?.code === 'file.corrupt') options.exit(EXIT_DAMAGED_STORE);
      else notice.set(id, error);
    };
    const fleet = new WatchedFleet({
      store,
      clock,
      random,
      connections,
      settings: () => opened?.settings ?? input.settings,
      publish: (message) => rpc.emit('instance.changed', message),
      onStore,
    });
    const retention = new Retention(
      store,
      clock,
      () => opened?.settings.retention ?? input.settings.retention,
    );
    opened = {
      store,
      fleet,
      questions: new EvidenceQuestions(store),
      retention,
      connections,
      settings: input.settings,
    };
    retention.start();
    return ok({ keptAside });
  }

  function check({ checkId, instanceId, target }: HostRequests['check.start']['input'], host: Opened): void {
    const controller = new AbortController();
    checks.set(checkId, controller);
    const owner: SecretOwner = { kind: 'check', checkId };
    void host.connections
      .check(
        owner,
        instanceId,
        target,
        checkId,
        (report) => rpc.emit('check.progress', report),
        controller.signal,
      )
      .finally(() => checks.delete(checkId));
  }

  async function connectConsole(
    { id, vnc }: HostRequests['console.connect']['input'],
    port: HandedPort | undefined,
    { fleet }: Opened,
  ): Promise<Result<null>> {
    if (!port) return err(appError('app.invalidArgument'));
    const { connectVnc } = await import('../unlock/console/vnc-connection');
    const forward: WatchedFleet['forward'] = (of, place, signal) => fleet.forward(of, place, signal);
    return connectVnc({ id, vnc, port, clock, forward });
  }

  async function close(): Promise<void> {
    logs.cancel();
    tradeOffs.cancel();
    for (const controller of checks.values()) controller.abort();
    rdpProbes.cancelAll();
    await directories.dispose();
    const host = opened;
    opened = undefined;
    if (!host) return;
    host.retention.dispose();
    await host.fleet.dispose();
    host.store.close();
  }

  const rpc: HostRpc = createRpc<MainRequests, HostEvents, HostRequests, MainEvents>(
    options.end,
    {
      'host.open': open,
      'host.settings': (settings) =>
        withOpen((host) => {
          host.settings = settings;
          return done;
        }),
      'targets.set': (targets) => withOpen((host) => host.fleet.set(targets).then(() => done)),
      'host.suspend': () =>
        withOpen((host) => {
          host.fleet.suspend();
          directories.suspend();
          return done;
        }),
      'host.resume': () =>
        withOpen((host) => {
          host.fleet.resume();
          directories.resume();
          return done;
        }),
      async 'host.close'() {
        await close();
        // The answer goes out first.
        clock.after(0, () => options.exit(0));
        return done;
      },
      'instance.refresh': ({ id }) => withOpen((host) => host.fleet.refresh(id)),
      'instance.reconnect': ({ id }) => withOpen((host) => host.fleet.reconnect(id)),
      'instance.forget': ({ ids }) => withOpen((host) => host.fleet.forget(ids)),
      'account.inspect': ({ id, target }) =>
        withOpen((host) => host.fleet.account(id, (accounts, signal) => accounts.inspect(target, signal))),
      'account.unlock': ({ id, target }) =>
        withOpen((host) => host.fleet.account(id, (accounts, signal) => accounts.unlock(target, signal))),
      'account.controllers': () => withOpen((host) => ok(host.fleet.controllers())),
      'query.timeline': (input) => withOpen((host) => host.questions.timeline(input)),
      'query.sources': (input) => withOpen((host) => host.questions.sources(input)),
      'query.incident': (input) => withOpen((host) => host.questions.incident(input)),
      'query.tradeOff': (input) => withOpen((host) => tradeOffs.ask(host.store, input)),
      'query.cancelTradeOff': () => {
        tradeOffs.cancel();
        return done;
      },
      'query.evidence': (input) => withOpen((host) => host.questions.evidence(input)),
      'query.brokenRecords': (input) => withOpen((host) => host.questions.brokenRecords(input)),
      'rdp.probe': (input) =>
        withOpen((host) =>
          rdpProbes.probe(input, (place, signal) => host.fleet.forward(input.id, place, signal)),
        ),
      'rdp.cancel'({ probeId }) {
        rdpProbes.cancel(probeId);
        return done;
      },
      'check.start': (input) =>
        withOpen((host) => {
          check(input, host);
          return done;
        }),
      'check.cancel'({ checkId }) {
        checks.get(checkId)?.abort();
        return done;
      },
      'replay.start': ({ files, ownAddresses }) => logs.replay(files, ownAddresses),
      'replay.cancel'() {
        logs.cancel();
        return done;
      },
      ...directories.handlers,
      'console.connect': (input, [port]) => withOpen((host) => connectConsole(input, port, host)),
    },
    {},
  );

  return { dispose: close };
}
