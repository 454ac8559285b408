import type { DirectoryId } from '../../shared/directory';
import { appError } from '../../shared/errors';
import { err, ok, type Result } from '../../shared/result';
import { systemAuthorities } from '../sources/directory/certificates';
import { systemServices } from '../sources/directory/discovery';
import type { OpenStream } from '../sources/directory/types';
import { createPasswordLedger } from '../sources/ssh/password-ledger';
import type { Clock } from './clock';
import { runDirectoryCheck } from './directory-check';
import type { DirectoryWorld } from './directory-connections';
import type {
  DirectoryHostEvents,
  DirectoryHostRequests,
  DirectoryMainRequests,
  DirectoryTarget,
  WantedAccount,
} from './directory-protocol';
import { WatchedDirectory, type WatchedDirectoryOptions } from './directory-watched';
import type { Handlers, Listeners } from './rpc';

type Secret = DirectoryMainRequests['directory.secret'];

/** What of the outside world the directories touch; each part can be another in tests. */
export interface DirectoriesOptions {
  readonly clock: Clock;
  readonly random: () => number;
  readonly tunnel: DirectoryWorld['tunnel'];
  readonly readSecret: (input: Secret['input']) => Promise<Result<Secret['output']>>;
  readonly events: Listeners<DirectoryHostEvents>;
  readonly attemptStore?: WatchedDirectoryOptions['attemptStore'];
  readonly resolve?: DirectoryWorld['resolve'];
  readonly direct?: OpenStream;
  readonly authorities?: () => readonly string[];
}

export interface Directories {
  readonly handlers: Handlers<DirectoryHostRequests>;
  suspend(): void;
  resume(): void;
  dispose(): Promise<void>;
}

const done = ok(null);
const notFound = err(appError('app.notFound'));

/** All watched directories, in the evidence process. */
export function createDirectories(options: DirectoriesOptions): Directories {
  const { clock, events } = options;
  let authorities: readonly string[] | undefined;
  const world: DirectoryWorld = {
    clock,
    random: options.random,
    ledger: createPasswordLedger(),
    resolve: options.resolve ?? systemServices,
    // Read when the first certificate is looked at.
    authorities: options.authorities ?? (() => (authorities ??= systemAuthorities())),
    tunnel: options.tunnel,
    direct: options.direct ?? null,
    readSecret: options.readSecret,
    settled: (settled) => events['directory.settled'](settled),
  };
  const watched = new Map<DirectoryId, { readonly place: string; readonly directory: WatchedDirectory }>();
  const checks = new Map<string, AbortController>();
  let wanted: readonly WantedAccount[] = [];
  let suspended = false;
  /** Changes of what is watched happen one after the other. */
  let changing: Promise<unknown> = Promise.resolve();

  async function set(targets: readonly DirectoryTarget[]): Promise<void> {
    const named = new Map(
      targets.flatMap((target) => (target.id === null ? [] : [[target.id, target] as const])),
    );
    for (const [id, { place, directory }] of [...watched]) {
      const target = named.get(id);
      if (target && JSON.stringify(target) === place) continue;
      watched.delete(id);
      await directory.stop();
    }
    for (const [id, target] of named) {
      if (watched.has(id)) continue;
      const directory = new WatchedDirectory({
        target: { ...target, id },
        world,
        wanted: () => wanted,
        publish: (report) => events['directory.changed'](report),
        onReadings: (readings) => events['directory.read'](readings),
        attemptStore: options.attemptStore ?? (() => undefined),
      });
      watched.set(id, { place: JSON.stringify(target), directory });
      if (suspended) directory.suspend();
      directory.start();
    }
  }

  const one = <T>(
    id: DirectoryId,
    run: (directory: WatchedDirectory) => Promise<Result<T>> | Result<T>,
  ): Promise<Result<T>> | Result<T> => {
    const found = watched.get(id);
    return found ? run(found.directory) : notFound;
  };
  const each = (run: (directory: WatchedDirectory) => void): void => {
    for (const { directory } of watched.values()) run(directory);
  };

  return {
    handlers: {
      'directory.set': (targets) => {
        const set_ = changing.then(() => set(targets));
        changing = set_;
        return set_.then(() => done);
      },
      'directory.want': (accounts) => {
        wanted = accounts;
        each((directory) => directory.wantedChanged());
        return done;
      },
      'directory.refresh': ({ id }) =>
        one(id, (directory) => {
          directory.refresh();
          return done;
        }),
      'directory.reconnect': ({ id }) =>
        one(id, (directory) => {
          directory.reconnect();
          return done;
        }),
      'directory.accounts': (input) => one(input.id, (directory) => directory.accounts(input)),
      'directory.table': ({ id, accountKey }) => one(id, (directory) => directory.table(accountKey)),
      'directory.readForUnlock': ({ id, accountKey }) =>
        one(id, (directory) => directory.readForUnlock(accountKey)),
      'directory.unlock': ({ id, accountKey, stamp }) =>
        one(id, (directory) => directory.unlock(accountKey, stamp)),
      'directory.startCheck': ({ checkId, target }) => {
        const controller = new AbortController();
        checks.set(checkId, controller);
        void runDirectoryCheck(
          checkId,
          target,
          world,
          (report) => events['directory.checked'](report),
          controller.signal,
        ).finally(() => checks.delete(checkId));
        return done;
      },
      'directory.cancelCheck': ({ checkId }) => {
        checks.get(checkId)?.abort();
        return done;
      },
    },
    suspend() {
      suspended = true;
      each((directory) => directory.suspend());
    },
    resume() {
      suspended = false;
      each((directory) => directory.resume());
    },
    async dispose() {
      for (const controller of checks.values()) controller.abort();
      await changing;
      await Promise.all([...watched.values()].map(({ directory }) => directory.stop()));
      watched.clear();
    },
  };
}
