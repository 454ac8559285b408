import type { Phrase } from '../../../shared/account-status';
import type { IncidentSummary } from '../../../shared/incident';

/** What an incident is called, in short. */
export function titleOf({ accounts, focusAccountKey, instanceName, verdict }: IncidentSummary): Phrase {
  const instance = instanceName;
  if (verdict.kind === 'attack') return { key: 'incident.title.attack', params: { instance } };
  const account = accounts[0]?.name ?? '';
  return {
    key: focusAccountKey === null ? 'incident.title.account' : 'incident.title.locked',
    params: { instance, account },
  };
}
