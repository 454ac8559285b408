import type { AuditRecord } from '../../../shared/audit';
import type { JournalEntry, Plan } from '../../../shared/isolation';
import type { NetworkSnapshot } from '../../../shared/network';
import { evaluateExposure } from '../exposure';

/** How it stands, in figures that need no catalogue: who gets in, and which groups each interface carries. */
export function standing(snapshot: NetworkSnapshot, rdpPort: number, trusted: readonly string[]): string {
  const { verdict, reachable } = evaluateExposure(snapshot, rdpPort, trusted);
  const from = [...reachable.ipv4, ...reachable.ipv6];
  const groups = snapshot.interfaces.map(({ id, groupIds }) => `${id}: ${groupIds.join(', ')}`).join('; ');
  const shown = `${from.slice(0, 8).join(', ')}${from.length > 8 || reachable.more ? ' ...' : ''}`;
  return `port ${rdpPort} ${verdict}${shown ? ` (${shown})` : ''}; ${groups}`;
}

export function auditRecord(
  plan: Plan,
  note: { readonly admin: string; readonly reason: string; readonly incident: string },
  changes: Partial<AuditRecord>,
): AuditRecord {
  return {
    action: plan.kind,
    outcome: 'begun',
    admin: note.admin,
    instance: plan.instance,
    reason: note.reason,
    incident: note.incident,
    before: '',
    after: '',
    requestIds: [],
    error: null,
    entryId: null,
    ...changes,
  };
}

export const requestIdsOf = (entry: JournalEntry): string[] =>
  entry.runs.at(-1)?.steps.flatMap(({ requestIds }) => requestIds) ?? [];
