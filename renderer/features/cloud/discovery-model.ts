import type { DiscoverySuggestion } from '../../../shared/isolation-contract';

export interface DiscoveryRow {
  readonly suggestion: DiscoverySuggestion;
  readonly id: string;
  readonly name: string;
  /** What it does when it is adopted. */
  readonly action: DiscoverySuggestion['action'];
  /** False for what is known already, and for what Lockwatch cannot watch. */
  readonly selectable: boolean;
}

const actionOrder = { create: 0, link: 1, known: 2 } as const;

/** The region's instances, those to decide about first. A Linux instance has no Windows accounts to watch. */
export function discoveryRows(suggestions: readonly DiscoverySuggestion[], search: string): DiscoveryRow[] {
  const words = search.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return suggestions
    .map((suggestion): DiscoveryRow => {
      const { instance, action } = suggestion;
      return {
        suggestion,
        id: instance.id,
        name: instance.name || instance.id,
        action,
        selectable: action !== 'known' && instance.system !== 'linux',
      };
    })
    .filter(({ suggestion: { instance, address } }) => {
      const text = [
        instance.name,
        instance.id,
        address ?? '',
        ...instance.publicAddresses,
        ...instance.privateAddresses,
      ]
        .join('\n')
        .toLocaleLowerCase();
      return words.every((word) => text.includes(word));
    })
    .sort(
      (a, b) =>
        Number(b.selectable) - Number(a.selectable) ||
        actionOrder[a.action] - actionOrder[b.action] ||
        a.name.localeCompare(b.name, undefined, { numeric: true }),
    );
}
