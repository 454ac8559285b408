import { appError } from '../../shared/errors';
import { err, ok } from '../../shared/result';
import type { DirectoryHostRequests } from './directory-protocol';
import type { Directories, DirectoriesOptions } from './directory-watched-all';
import type { Handlers } from './rpc';

/** The directories of the evidence process: their code, and the library behind it, is loaded with the first one. */
export function createLazyDirectories(options: DirectoriesOptions): Directories {
  let loading: Promise<Directories> | undefined;
  let loaded: Directories | undefined;
  let suspended = false;
  let disposed = false;
  const load = (): Promise<Directories> =>
    (loading ??= import('./directory-watched-all').then(({ createDirectories }) => {
      loaded = createDirectories(options);
      if (suspended) loaded.suspend();
      return loaded;
    }));
  const gone = err(appError('store.unavailable'));
  const over = <N extends keyof DirectoryHostRequests & string>(
    name: N,
  ): Handlers<DirectoryHostRequests>[N] =>
    (async (input: DirectoryHostRequests[N]['input']) => {
      if (disposed) return gone;
      const { handlers } = await load();
      return disposed ? gone : handlers[name](input, []);
    }) as Handlers<DirectoryHostRequests>[N];
  return {
    handlers: {
      'directory.set': (targets) =>
        targets.length === 0 && !loading ? ok(null) : over('directory.set')(targets, []),
      'directory.want': (accounts) =>
        accounts.length === 0 && !loading ? ok(null) : over('directory.want')(accounts, []),
      'directory.refresh': over('directory.refresh'),
      'directory.reconnect': over('directory.reconnect'),
      'directory.accounts': over('directory.accounts'),
      'directory.table': over('directory.table'),
      'directory.readForUnlock': over('directory.readForUnlock'),
      'directory.unlock': over('directory.unlock'),
      'directory.startCheck': over('directory.startCheck'),
      'directory.cancelCheck': over('directory.cancelCheck'),
    },
    suspend() {
      suspended = true;
      loaded?.suspend();
    },
    resume() {
      suspended = false;
      loaded?.resume();
    },
    async dispose() {
      disposed = true;
      const { dispose } = (await loading) ?? {};
      await dispose?.();
    },
  };
}
