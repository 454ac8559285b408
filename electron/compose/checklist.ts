import type { Phrase } from '../../shared/account-status';
import type { Checklist } from '../../shared/checklist';
import type { InstanceId } from '../../shared/instance';
import type { Result } from '../../shared/result';
import type { AuditTrail } from '../audit/trail';
import { accountFor } from '../cloud/account-for';
import type { IncidentService } from '../incidents/types';
import { createChecklistHandlers } from '../ipc/checklist-handlers';
import type { Mirror } from '../ipc/mirror';
import { checklistMarkdown } from '../unlock/checklist/markdown';
import type { ChecklistProvider } from '../unlock/checklist/rules';
import { createChecklistService } from '../unlock/checklist/service';
import type { UnlockFacts } from '../unlock/facts';
import type { CloudPart } from './cloud';
import type { Foundation } from './parts';
import type { Stores } from './stores';

export interface ChecklistPartOptions {
  readonly foundation: Foundation;
  readonly stores: Stores;
  readonly cloud: CloudPart;
  readonly mirror: Mirror;
  readonly incidents: IncidentService;
  readonly facts: UnlockFacts;
  readonly trail: Pick<AuditTrail, 'appendLater'>;
  readonly practice: boolean;
  readonly say: (phrase: Phrase) => string;
  /** The language of the app, as a BCP 47 locale. */
  readonly locale: () => string;
  readonly printMarkdown: (markdown: string, title: string) => Promise<Result<null>>;
  readonly onChecklists: (checklists: readonly Checklist[]) => void;
}

/** The checklists of the open incidents; feed them the views of fleet and isolation. */
export function composeChecklist(options: ChecklistPartOptions) {
  const { foundation, stores, cloud, mirror, incidents, say } = options;
  const { clock, log } = foundation;
  const { profiles } = stores;

  function providerOf(id: InstanceId): ChecklistProvider | null {
    const reference = profiles.get(id)?.cloud;
    const account = reference ? accountFor(reference, cloud.accounts.list()) : undefined;
    if (!account) return null;
    const { isolation, console, passwordReset } = cloud.providers.of(account).capabilities;
    return { isolation, console, passwordReset };
  }

  const checklists = createChecklistService({
    incidents,
    facts: options.facts,
    profileOf: (id) => profiles.get(id),
    providerOf,
    audit: options.trail,
    admin: stores.admin,
    clock,
    log,
    onChecklists(all) {
      mirror.change({ checklists: [...all] });
      options.onChecklists(all);
    },
  });

  function printed(incidentId: string): { markdown: string; title: string } | null {
    const checklist = checklists.of(incidentId);
    const incident = incidents.get(incidentId);
    if (!checklist || !incident) return null;
    const instance = profiles.get(checklist.instanceId)?.name ?? incident.instanceName;
    const format = new Intl.DateTimeFormat(options.locale(), { dateStyle: 'medium', timeStyle: 'long' });
    return {
      title: say({ key: 'checklist.print.title', params: { instance } }),
      markdown: checklistMarkdown(
        {
          checklist,
          instance,
          openedAtMs: incident.openedAtMs,
          nowMs: clock.now(),
          practice: options.practice,
        },
        { say, time: (ms) => format.format(ms) },
      ),
    };
  }

  return {
    checklists,
    handlers: createChecklistHandlers({ checklists, printed, printMarkdown: options.printMarkdown }),
    services: [
      {
        name: 'checklists',
        async start() {
          checklists.start();
          profiles.onChange(checklists.surroundingsChanged);
          cloud.accounts.onChange(checklists.surroundingsChanged);
        },
        dispose: checklists.dispose,
      },
    ],
  };
}
