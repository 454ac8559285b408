import { randomUUID } from 'node:crypto';
import type { Phrase } from '../../shared/account-status';
import type { Result } from '../../shared/result';
import type { AuditTrail } from '../audit/trail';
import { choosePlace } from '../desktop/system/choose-place';
import { createTimes } from '../incidents/export/times';
import { createIncidentService } from '../incidents/service';
import { createIncidentStore } from '../incidents/store/store';
import { createIncidentHandlers, incidentAudit } from '../ipc/incident-handlers';
import type { Mirror } from '../ipc/mirror';
import type { NoticeBoard } from '../ipc/notice-board';
import type { UnlockFacts } from '../unlock/facts';
import type { FleetService } from '../watch/fleet';
import type { Foundation } from './parts';
import type { Stores } from './stores';

export interface IncidentPartOptions {
  readonly foundation: Foundation;
  readonly stores: Stores;
  readonly fleet: Pick<FleetService, 'incidentEvidence'>;
  readonly mirror: Mirror;
  readonly notices: NoticeBoard;
  readonly trail: Pick<AuditTrail, 'appendLater'>;
  readonly facts: UnlockFacts;
  readonly say: (phrase: Phrase) => string;
  /** The language of the app, as a BCP 47 locale. */
  readonly locale: () => string;
  readonly printToPdf: (markdown: string, title: string) => Promise<Result<Uint8Array>>;
}

/** The incidents with their files, their rows in the audit trail, and what the window asks of them. */
export function composeIncidents(options: IncidentPartOptions) {
  const { foundation, stores, mirror, notices, trail, say } = options;
  const { clock, files, inData } = foundation;
  const now = (): number => clock.now();
  const incidents = createIncidentService({
    store: createIncidentStore({ folder: inData('incidents'), files, now }),
    clock,
    newId: randomUUID,
    nameOf: stores.nameOf,
    admin: stores.admin,
    say,
    evidence: options.fleet.incidentEvidence,
    onNotices: (raised) => notices.replace('incidents', raised),
    onClosed: (incident, by) =>
      void trail.appendLater({
        ...incidentAudit(incident, by === 'hand' ? stores.admin() : ''),
        action: 'incidentClosed',
        after: by,
      }),
  });
  const show = (): void => mirror.change({ incidents: [...incidents.recent()] });
  incidents.onChange(show);
  const stopFacts = options.facts.onFact((fact) => incidents.fact(fact));
  return {
    incidents,
    handlers: {
      incidents: createIncidentHandlers({
        incidents,
        trail,
        admin: stores.admin,
        choosePlace,
        writeFile: files.writeAtomic,
        say,
        times: () => createTimes(options.locale()),
        now,
        practice: () => mirror.current().snapshot.app.practice,
        printToPdf: options.printToPdf,
      }),
    },
    services: [
      {
        name: 'incidents',
        // A thousand records take their time to be read; what comes meanwhile waits for them, the window need not.
        start: async () => void incidents.start(),
        async dispose() {
          stopFacts();
          await incidents.dispose();
        },
      },
    ],
  };
}
