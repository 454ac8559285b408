import type { SourceRow } from '../../shared/evidence-view';
import type { SourcesInShort } from './notifications/notification-center';

/** The busiest address and how many others there are; undefined when no failure came with an address. */
export function sourcesInShort(rows: readonly SourceRow[]): SourcesInShort | undefined {
  const failures = new Map<string, number>();
  for (const row of rows) {
    if (row.address !== null) failures.set(row.address, (failures.get(row.address) ?? 0) + row.failures);
  }
  const [busiest] = [...failures].sort(([, a], [, b]) => b - a);
  return busiest && { address: busiest[0], others: failures.size - 1 };
}
