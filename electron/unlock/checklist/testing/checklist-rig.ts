import type { InstanceView } from '../../../../shared/account-status';
import type { AuditRecord } from '../../../../shared/audit';
import type { Checklist } from '../../../../shared/checklist';
import type { IncidentId, IncidentSummary } from '../../../../shared/incident';
import { ok } from '../../../../shared/result';
import type { HistoryLine, JsonValue } from '../../../incidents/types';
import { sampleProfile } from '../../../profiles/testing/sample-profile';
import { createFakeClock, type FakeClock } from '../../../watch/testing/fake-clock';
import { createUnlockFacts } from '../../facts';
import { type ChecklistServiceOptions, createChecklistService } from '../service';
import { incident, partOf, T0 } from './situations';

export interface FakeIncidents {
  all: readonly IncidentSummary[];
  readonly memories: Map<IncidentId, JsonValue>;
  readonly lines: { readonly id: IncidentId; readonly line: HistoryLine }[];
  readonly closed: string[];
  saves: number;
}

/** The service over incidents in memory; give it `kept` of another rig to start anew on the same disk. */
export function createChecklistRig(
  options: {
    readonly kept?: FakeIncidents;
    readonly clock?: FakeClock;
    readonly change?: Partial<ChecklistServiceOptions>;
  } = {},
) {
  const clock = options.clock ?? createFakeClock(T0);
  const kept: FakeIncidents = options.kept ?? {
    all: [incident()],
    memories: new Map(),
    lines: [],
    closed: [],
    saves: 0,
  };
  const listeners = new Set<() => void>();
  const changed = (): void => {
    for (const listener of [...listeners]) listener();
  };
  const facts = createUnlockFacts();
  const audited: AuditRecord[] = [];
  const told: (readonly Checklist[])[] = [];
  const service = createChecklistService({
    incidents: {
      open: () => kept.all.filter(({ state }) => state === 'open'),
      memoryOf: (id) => kept.memories.get(id) ?? null,
      async saveMemory(id, memory) {
        kept.saves += 1;
        kept.memories.set(id, structuredClone(memory));
        return ok(null);
      },
      addLine(id, line) {
        kept.lines.push({ id, line });
        changed();
      },
      async close(id, by) {
        kept.closed.push(`${id} ${by}`);
        kept.all = kept.all.map((one) => (one.id === id ? { ...one, state: 'closed' } : one));
        changed();
        return ok(null);
      },
      onChange(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    facts,
    profileOf: (id) => ({ ...sampleProfile(1), id, name: 'web-1' }),
    providerOf: () => ({ isolation: 'overlayDeny', console: 'url', passwordReset: 'reboot' }),
    audit: {
      async appendLater(record) {
        audited.push(record);
      },
    },
    admin: () => 'erin',
    clock,
    log: { error: () => undefined },
    onChecklists: (checklists) => told.push(checklists),
    ...options.change,
  });
  service.start();
  return {
    clock,
    kept,
    facts,
    audited,
    told,
    service,
    changed,
    lines: () =>
      kept.lines.map(({ line }) =>
        `${line.text.key.replace('checklist.history.', '')} ${line.text.params.part ?? ''}`.trim(),
      ),
    part(id: Parameters<typeof partOf>[1]) {
      const [checklist] = service.list();
      if (!checklist) throw new Error('no checklist');
      return partOf(checklist, id);
    },
    view: (...views: InstanceView[]) => service.views(views),
  };
}
