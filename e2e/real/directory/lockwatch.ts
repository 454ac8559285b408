import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { createDirectoryStore } from '../../../electron/directory/profile-store';
import { DirectoryService } from '../../../electron/directory/service';
import { createMemoryFiles } from '../../../electron/profiles/testing/memory-files';
import { createVault } from '../../../electron/secrets/vault';
import type { OpenStream } from '../../../electron/sources/directory/types';
import { type Clock, systemClock } from '../../../electron/watch/clock';
import { createDirectories } from '../../../electron/watch/directory-watched-all';
import type { AuditRecord } from '../../../shared/audit';
import type { DirectoryCheckReport, DirectoryFields, DirectoryView } from '../../../shared/directory';
import { appError } from '../../../shared/errors';
import { err, ok } from '../../../shared/result';
import type { DomainController } from './samba/domain-controller';
import { ADMIN_PASSWORD } from './samba/provision';

/** A clock that is so many milliseconds ahead of the real one; timers run as they are. */
export const shiftedClock = (ms: number): Clock => ({
  now: () => Date.now() + ms,
  after: systemClock.after,
});

export interface LockwatchOptions {
  readonly fields?: Partial<DirectoryFields>;
  readonly password?: string;
  /** Certificates that this system trusts, in PEM. */
  readonly authorities?: readonly string[];
  readonly clock?: Clock;
  /** Where a port of the controller is reached instead. */
  readonly via?: { readonly host: string; readonly port: number };
  /** The way through an instance's SSH connection; without it, there is none. */
  readonly tunnel?: OpenStream;
}

/** Lockwatch's directory service with what the evidence process does, against a real controller. */
export async function startLockwatch(dc: DomainController, options: LockwatchOptions = {}) {
  const clock = options.clock ?? systemClock;
  const files = createMemoryFiles();
  const cipher = {
    open: async () => ({ safe: true, backend: 'test' }),
    encrypt: async (text: string) => Buffer.from(text).reverse(),
    decrypt: async (bytes: Buffer) => ({ text: Buffer.from(bytes).reverse().toString(), reEncrypt: false }),
  };
  const vault = createVault({ path: '/data/secrets.json', files, cipher, now: () => clock.now() });
  await vault.start();
  const store = createDirectoryStore({
    path: '/data/directories.json',
    files,
    clock,
    newId: randomUUID,
    userName: 'tester',
    forget: (ids) => vault.forget(ids),
  });
  await store.start();
  const audit: AuditRecord[] = [];
  const reports: DirectoryCheckReport[] = [];
  const waiting = new Set<() => void>();
  const changed = (): void => {
    for (const look of [...waiting]) look();
  };
  let truths = 0;
  const service = new DirectoryService({
    store,
    vault,
    clock,
    newId: randomUUID,
    staleAfterSeconds: () => 120,
    onState: changed,
    onCheck(report) {
      reports.push(report);
      changed();
    },
    onTruth() {
      truths += 1;
      changed();
    },
    audit: {
      async append(record) {
        audit.push(record);
      },
    },
    admin: () => 'tester',
    onUnlocked: () => undefined,
  });
  let connections = 0;
  const direct: OpenStream = ({ host, port }, signal) =>
    new Promise((resolve) => {
      connections += 1;
      const to = options.via ?? { host: dc.address, port };
      const socket = connect(to);
      const fail = (): void => resolve(err(appError('directory.refused', { host, port })));
      socket.once('error', fail);
      signal.addEventListener('abort', () => {
        socket.destroy();
        fail();
      });
      socket.once('connect', () => {
        socket.setNoDelay(true);
        resolve(ok(socket));
      });
    });
  const directories = createDirectories({
    clock,
    random: Math.random,
    tunnel: () => options.tunnel ?? (async () => err(appError('app.notFound'))),
    direct,
    resolve: async () => [{ name: `${dc.hostName}.${dc.dnsDomain}`, port: 389, priority: 0, weight: 100 }],
    authorities: () => options.authorities ?? [],
    readSecret: async (input) => service.link.handlers['directory.secret'](input, []),
    events: service.link.listeners,
  });
  service.start();
  service.link.ready((name, input) => Promise.resolve(directories.handlers[name](input, []) as never));

  /** Waits for something to be so; says what was last seen when it does not come. */
  const until = <T>(look: () => T | undefined | false, seconds = 30): Promise<T> =>
    new Promise((resolve, reject) => {
      const done = (): void => {
        clearTimeout(timer);
        waiting.delete(check);
      };
      const check = (): void => {
        const seen = look();
        if (seen === undefined || seen === false) return;
        done();
        resolve(seen);
      };
      const timer = setTimeout(() => {
        done();
        reject(new Error(`it did not come to that: ${JSON.stringify(service.state().directories)}`));
      }, seconds * 1000);
      waiting.add(check);
      check();
    });

  const fields: DirectoryFields = {
    name: 'Lab',
    domain: dc.dnsDomain,
    controllers: [],
    transport: 'ldaps',
    plainAccepted: false,
    trust: 'system',
    bindUser: `administrator@${dc.dnsDomain}`,
    pageSize: 1000,
    tunnel: null,
    watch: 'close',
    ...options.fields,
  };
  return {
    service,
    vault,
    audit,
    reports,
    fields,
    until,
    truths: () => truths,
    connections: () => connections,
    /** Saves the directory, which begins its watching. */
    async begin(): Promise<string> {
      const saved = await service.save({ id: null, fields, password: options.password ?? ADMIN_PASSWORD });
      if (!saved.ok) throw new Error(saved.error.code);
      return saved.value.id;
    },
    view(): DirectoryView | undefined {
      return service.state().directories[0];
    },
    viewWhere(fits: (view: DirectoryView) => boolean, seconds?: number): Promise<DirectoryView> {
      return until(() => service.state().directories.find(fits), seconds);
    },
    suspend: directories.suspend,
    resume() {
      service.resume();
      directories.resume();
    },
    async close() {
      service.dispose();
      await directories.dispose();
      await store.dispose();
    },
  };
}

export type Lockwatch = Awaited<ReturnType<typeof startLockwatch>>;
