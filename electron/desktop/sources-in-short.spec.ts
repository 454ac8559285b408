import { describe, expect, it } from 'vitest';
import type { SourceRow } from '../../shared/evidence-view';
import { sourcesInShort } from './sources-in-short';

const row = (address: string | null, failures: number): SourceRow => ({
  address,
  workstation: null,
  inferred: false,
  scope: 'internet',
  failures,
  accounts: [],
  firstMs: 0,
  lastMs: 0,
});

describe('sources in short', () => {
  it('names the busiest address and counts the others', () => {
    expect(
      sourcesInShort([row('203.0.113.1', 2), row('203.0.113.7', 3), row('203.0.113.1', 2), row(null, 99)]),
    ).toEqual({
      address: '203.0.113.1',
      others: 1,
    });
  });

  it('has nothing to say without an address', () => {
    expect(sourcesInShort([row(null, 3)])).toBeUndefined();
    expect(sourcesInShort([])).toBeUndefined();
  });
});
