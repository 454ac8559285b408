import { randomUUID } from 'node:crypto';
import type { InstanceView } from '../../shared/account-status';
import { startUtilityProcess } from '../desktop/system/utility-process';
import type { Mirror } from '../ipc/mirror';
import type { NoticeBoard } from '../ipc/notice-board';
import type { Publisher } from '../ipc/publish';
import type { DirectoryLink } from '../watch/directory-link';
import type { EvidenceProcess } from '../watch/evidence-client';
import { FleetService } from '../watch/fleet';
import type { Foundation } from './parts';
import type { Stores } from './stores';

export interface FleetPartOptions {
  readonly foundation: Foundation;
  readonly stores: Stores;
  readonly mirror: Mirror;
  readonly notices: NoticeBoard;
  readonly publisher: Publisher;
  readonly evidenceScript: string;
  readonly onViews: (views: readonly InstanceView[]) => void;
  readonly directories: DirectoryLink;
}

/** The watching of all instances, with its process for the evidence. */
export function composeFleet(options: FleetPartOptions): FleetService {
  const { foundation, stores, mirror, notices, publisher } = options;
  return new FleetService({
    spawn: () => startEvidenceProcess(options.evidenceScript),
    databasePath: foundation.inData('evidence.db'),
    clock: foundation.clock,
    newId: randomUUID,
    profiles: stores.profiles,
    settings: stores.settings,
    hostKeys: stores.hostKeys,
    vault: stores.vault,
    directories: options.directories,
    onViews(views) {
      mirror.setFleet(views);
      options.onViews(views);
    },
    onState({ notices: raised, ...state }) {
      mirror.change(state);
      notices.replace('fleet', raised);
    },
    onCheck: (report) => publisher.publish('check', 'progress', report),
    onSavedLog: (progress) => publisher.publish('savedLog', 'progress', progress),
  });
}

function startEvidenceProcess(script: string): EvidenceProcess {
  const child = startUtilityProcess(script, 'Lockwatch evidence');
  return { end: child, onExit: (listener) => child.onExit(listener), kill: () => child.kill() };
}
