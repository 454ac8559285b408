import type { Phrase } from '../../shared/account-status';
import type { IncidentSummary } from '../../shared/incident';
import { focusOf } from './rules/step';
import type { IncidentDocument } from './store/document';

/** Accounts that a summary names; an attack may have tried thousands. */
const MOST_ACCOUNTS = 50;

export function summaryOf({
  core,
  instanceName,
  failures,
  addresses,
}: Omit<IncidentDocument, 'evidence'>): IncidentSummary {
  const focus = focusOf(core);
  const first = (key: string): number => (key === focus?.key ? 0 : 1);
  return {
    id: core.id,
    instanceId: core.instanceId,
    instanceName,
    state: core.state,
    openedAtMs: core.openedAtMs,
    closedAtMs: core.closedAtMs,
    closedBy: core.closedBy,
    verdict: core.verdict,
    accounts: core.accounts
      .map(({ key, name, firstLockAtMs }) => ({ key, name, everLocked: firstLockAtMs !== null }))
      .sort(
        (a, b) =>
          first(a.key) - first(b.key) ||
          Number(b.everLocked) - Number(a.everLocked) ||
          a.name.localeCompare(b.name),
      )
      .slice(0, MOST_ACCOUNTS),
    focusAccountKey: focus?.key ?? null,
    failures,
    addresses,
    lastEvidenceAtMs: core.lastEvidenceAtMs,
  };
}

const MOST_CHARACTERS = 20_000;

/** Everything that a search looks in, in small letters: names, accounts, addresses, notes, history. */
export function searchTextOf(document: IncidentDocument, say: (phrase: Phrase) => string): string {
  const { core, instanceName, entries, evidence } = document;
  return [
    instanceName,
    core.id,
    ...core.accounts.flatMap(({ name, sid, formerKeys }) => [name, sid ?? '', ...formerKeys]),
    ...entries.flatMap(({ note, who }) => [note ?? '', who ?? '']),
    ...core.attackAddresses,
    ...(evidence?.sources ?? []).flatMap(({ address, workstation }) => [address ?? '', workstation ?? '']),
    ...new Set(entries.flatMap(({ text }) => (text ? [say(text)] : []))),
  ]
    .filter((text) => text !== '')
    .join('\n')
    .slice(0, MOST_CHARACTERS)
    .toLowerCase();
}

/** Every word of the search has to occur. */
export function matches(text: string, search: string): boolean {
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
