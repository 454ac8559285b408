import type { IncidentEntry, IncidentSummary } from '../../../shared/incident';
import type { Language } from '../../i18n/language';

/** What an incident is called: an attack by its instance, anything else by its account. */
export function titleOf(incident: IncidentSummary, t: Language['t']): string {
  const { accounts, focusAccountKey, instanceName: instance, verdict } = incident;
  if (verdict.kind === 'attack') return t('incident.title.attack', { instance });
  const account = accounts[0]?.name ?? '';
  return t(focusAccountKey === null ? 'incident.title.account' : 'incident.title.locked', {
    instance,
    account,
  });
}

/** A line of the history in words. */
export const lineText = ({ text, note }: IncidentEntry, t: Language['t']): string =>
  note ?? (text === null ? '' : t(text.key, text.params));

/** How long it lasted, or has lasted, in seconds; never negative, whatever a clock did. */
export const lastedSeconds = (
  { openedAtMs, closedAtMs }: Pick<IncidentSummary, 'openedAtMs' | 'closedAtMs'>,
  nowMs: number,
): number => Math.max(0, Math.round(((closedAtMs ?? nowMs) - openedAtMs) / 1000));

/** The accounts in a few words: the first, and how many more. */
export function accountsInShort({ accounts }: IncidentSummary, t: Language['t']): string {
  const count = accounts.length;
  return t('incidents.row.accounts', { count, first: accounts[0]?.name ?? '', more: count - 1 });
}

export const states = ['all', 'open', 'closed'] as const;
export type StateFilter = (typeof states)[number];

/** What makes a list worth asking for again: any incident that came, went or changed its numbers. */
export const listKey = (incidents: readonly IncidentSummary[]): string =>
  incidents.map(({ id, state, accounts }) => `${id}${state}${accounts.length}`).join(' ');
