import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import type { AuditRecord } from '../../shared/audit';
import { ok } from '../../shared/result';
import { createDirectoryStore } from '../directory/profile-store';
import { DirectoryService } from '../directory/service';
import { createDirectoryHandlers } from '../ipc/directory-handlers';
import type { Mirror } from '../ipc/mirror';
import type { NoticeBoard } from '../ipc/notice-board';
import type { Publisher } from '../ipc/publish';
import { directorySlot } from '../secrets/directory-slot';
import type { UnlockFacts } from '../unlock/facts';
import type { Foundation } from './parts';
import type { Stores } from './stores';

export interface DirectoryPartOptions {
  readonly foundation: Foundation;
  readonly stores: Stores;
  readonly mirror: Mirror;
  readonly notices: NoticeBoard;
  readonly publisher: Publisher;
  readonly facts: UnlockFacts;
  readonly trail: () => { append(record: AuditRecord): Promise<unknown> };
  /** What a domain says of an account that instances show has changed. */
  readonly onTruth: () => void;
  /** What tray and notifications show has changed. */
  readonly onChange: () => void;
}

/** Directories: their profiles and certificates, what their controllers say, checks and unlocks. */
export function composeDirectory(options: DirectoryPartOptions) {
  const { foundation, stores, mirror, notices, publisher, facts } = options;
  const { clock, files, inData } = foundation;
  const { vault, settings } = stores;
  const store = createDirectoryStore({
    path: inData('directories.json'),
    files,
    clock,
    newId: randomUUID,
    userName: userInfo().username,
    forget: async (ids) => {
      const forgotten = await vault.forget(ids);
      return forgotten.ok ? ok(null) : forgotten;
    },
  });
  const service = new DirectoryService({
    store,
    vault,
    clock,
    newId: randomUUID,
    staleAfterSeconds: () => settings.get().staleAfterSeconds,
    onState(state) {
      mirror.change(state);
      options.onChange();
    },
    onCheck: (report) => publisher.publish('directory', 'checked', report),
    onTruth: options.onTruth,
    audit: { append: (record) => options.trail().append(record) },
    admin: stores.admin,
    onUnlocked({ account, verified, instances }) {
      for (const { id, accountKey } of instances) {
        facts.note({
          kind: 'accountUnlocked',
          verified,
          instanceId: id,
          accountKey,
          atMs: clock.now(),
          who: stores.admin(),
          text: { key: 'directory.fact.unlocked', params: { name: account.name } },
        });
      }
    },
  });
  return {
    service,
    store,
    handlers: createDirectoryHandlers(service),
    services: [
      {
        name: 'directories',
        async start() {
          notices.replace('directories', await store.start());
          await vault.place(store.list().map((profile) => directorySlot(profile.id, profile)));
          service.start();
        },
        async dispose() {
          service.dispose();
          await store.dispose();
        },
      },
    ],
  };
}
