import { describe, expect, it } from 'vitest';
import { decodeMemory, encodeMemory } from './memory';
import { emptyMemory } from './rules';
import { follow, isolated, situation } from './testing/situations';

describe('what a checklist keeps', () => {
  it('is empty where nothing was kept, or nothing that is one', () => {
    for (const kept of [null, 7, 'x', [], {}, { version: 2 }])
      expect(decodeMemory(kept)).toEqual(emptyMemory);
  });

  it('loses no tick because something beside it cannot be read', () => {
    const { memory } = follow([situation(35, { isolation: isolated() })]);
    const kept = encodeMemory(memory) as Record<string, unknown>;
    const ticks = kept.ticks as unknown[];
    const damaged = {
      ...kept,
      rdpProof: { verdict: 'maybe' },
      focus: 3,
      ticks: [...ticks, { part: 'unheard of' }],
    };
    expect(decodeMemory(damaged)).toEqual({ ...memory, focus: null, rdpProof: null });
    expect(memory.ticks.length).toBeGreaterThan(0);
  });
});
