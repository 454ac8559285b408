import { execFile, spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { appError } from '../../../../shared/errors';
import type { RdpClientId } from '../../../../shared/rdp-client';
import { err, ok, type Result } from '../../../../shared/result';
import { FILE, type FoundClient, type LaunchTarget, planLaunch } from '../rules/launch';
import { findClients } from './find-clients';
import type { TemporaryFiles } from './temporary-files';

/** Clients read their file as they start; some hand it on to a window that is open already. Milliseconds. */
const KEEP_FILE_MS = 120_000;
/** A client that ends with an error within so long has not started. */
const SETTLE_MS = 700;
const VERSION_MS = 3_000;

export interface LauncherOptions {
  readonly platform: NodeJS.Platform;
  /** Without the admin's secrets. */
  readonly environment: Readonly<Record<string, string>>;
  readonly files: TemporaryFiles;
  /** Runs once after so many milliseconds; the returned function takes it back. */
  readonly after: (ms: number, run: () => void) => () => void;
}

export interface Launcher {
  clients(): Promise<readonly FoundClient[]>;
  /** Starts it and leaves it to itself. Errors: rdp.clientMissing, rdp.clientFailed, app.invalidArgument, file.*. */
  start(id: RdpClientId, target: LaunchTarget): Promise<Result<FoundClient>>;
  /** Removes the files of clients. */
  dispose(): Promise<void>;
}

/** Starts the system's own clients: a program and a list of arguments, never a shell. */
export function createLauncher(options: LauncherOptions): Launcher {
  const { platform, environment, files, after } = options;
  const cancels = new Set<() => void>();
  const exists = (path: string): Promise<boolean> =>
    access(path, platform === 'linux' ? constants.X_OK : constants.F_OK).then(
      () => true,
      () => false,
    );
  const clients = () => findClients({ platform, environment, exists });

  /** FreeRDP's program says which version it is only when asked; only its gateway option depends on it. */
  const withMajor = (client: FoundClient): Promise<FoundClient> =>
    new Promise((resolve) => {
      const given = { env: { ...environment }, timeout: VERSION_MS, windowsHide: true };
      execFile(client.path, ['/version'], given, (_error, stdout, stderr) => {
        const major = /FreeRDP version (\d+)\./.exec(`${stdout}${stderr}`)?.[1];
        resolve({ ...client, major: major === '3' ? 3 : 2 });
      });
    });

  function run(program: string, args: readonly string[], client: FoundClient): Promise<Result<FoundClient>> {
    return new Promise((resolve) => {
      const failed = (): void => settle(err(appError('rdp.clientFailed', { client: client.name })));
      const child = spawn(program, [...args], {
        env: { ...environment },
        stdio: 'ignore',
        detached: true,
        shell: false,
      });
      let stop = (): void => undefined;
      const settle = (result: Result<FoundClient>): void => {
        stop();
        child.unref();
        resolve(result);
      };
      child.once('error', failed);
      child.once('exit', (code) => (code === 0 ? settle(ok(client)) : failed()));
      child.once('spawn', () => {
        stop = after(SETTLE_MS, () => settle(ok(client)));
      });
    });
  }

  return {
    clients,
    async start(id, target) {
      const found = (await clients()).find((client) => client.id === id);
      if (!found) return err(appError('rdp.clientMissing'));
      const isFreeRdp = id === 'xfreerdp' || id === 'wlfreerdp' || id === 'sdlFreerdp';
      const asks = isFreeRdp && target.gateway !== null && found.major === null;
      const client = asks ? await withMajor(found) : found;
      const planned = planLaunch(client, target);
      if (!planned.ok) return planned;
      const { program, args, file } = planned.value;
      if (!file) return run(program, args, client);
      const written = await files.write(file.extension, file.bytes);
      if (!written.ok) return written;
      const path = written.value;
      const cancel = after(KEEP_FILE_MS, () => {
        cancels.delete(cancel);
        void files.remove(path);
      });
      cancels.add(cancel);
      return run(
        program,
        args.map((arg) => (arg === FILE ? path : arg)),
        client,
      );
    },
    async dispose() {
      for (const cancel of cancels) cancel();
      cancels.clear();
      await files.clear();
    },
  };
}
