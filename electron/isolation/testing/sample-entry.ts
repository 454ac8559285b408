import { type JournalEntry, journalVersion } from '../../../shared/isolation';
import type { NetworkSnapshot } from '../../../shared/network';
import { newRun } from '../executor/run-record';
import { newStepToken } from '../executor/tokens';
import { entryId } from '../journal/entry-file';
import { planIsolation } from '../plan';
import { sampleEstate } from './estate';
import { capabilities } from './fake-cloud';

const AT = Date.UTC(2026, 0, 5, 12);

/** What reading `web-1` of the sample estate gives. */
export function sampleSnapshot(): NetworkSnapshot {
  const { instances, interfaces, groups } = sampleEstate();
  const [instance] = instances;
  if (!instance) throw new Error('The estate is empty');
  return {
    takenAtMs: AT,
    instance,
    interfaces: interfaces[instance.id] ?? [],
    groups: groups.map((group) => ({ ...group, members: [{ id: instance.id, name: instance.name }] })),
    prefixLists: {},
    portLists: {},
  };
}

/** An isolation of `web-1` that is recorded and not begun. */
export function sampleEntry(): JournalEntry {
  const original = sampleSnapshot();
  const note = { admin: 'erin', reason: 'brute force', incident: 'inc-7', nowMs: AT };
  const plan = planIsolation(
    original,
    { planId: 'plan-1', rdpPort: 3389, strategy: null, note },
    capabilities,
  );
  if (!plan.ok) throw new Error(plan.error.code);
  const { id: instanceId, name, region } = original.instance;
  return {
    version: journalVersion,
    id: entryId(instanceId, AT),
    instance: { region, instanceId, name },
    rdpPort: 3389,
    admin: note.admin,
    reason: note.reason,
    incident: note.incident,
    createdAtMs: AT,
    updatedAtMs: AT,
    state: 'recorded',
    original,
    runs: [newRun(plan.value, note.admin, AT, newStepToken)],
  };
}
